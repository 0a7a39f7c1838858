import type { CredentialRule } from './credential-rule.ts'
import { hex, isNoPlaceholder, keyed, setting, token } from './rule-forms.ts'

const mlflowAuth = 'https://mlflow.org/docs/latest/self-hosting/security/basic-http-auth/'
const databricksAuth = 'https://docs.databricks.com/aws/en/dev-tools/auth/'

/** Credentials of MLflow and Databricks. References (`models:/…`, `runs:/…`) are no credentials and are not here. */
export const mlflowAndDatabricks: readonly CredentialRule[] = [
  token({
    id: 'databricks-token',
    vendor: 'Databricks',
    keywords: ['dapi', 'dkea', 'dose', 'dsapi', 'ddkea'],
    form: `(?:dapi|dkea|dose|dsapi|ddkea)${hex(32)}(?:-\\d)?`,
    reach: 48,
    source: `${databricksAuth}pat`,
  }),
  setting({
    id: 'databricks-token-setting',
    vendor: 'Databricks',
    keywords: ['databricks_token', 'databricks_password', 'databricks_client_secret'],
    names: 'databricks_(?:token|password|client_secret)',
    source: `${databricksAuth}env-vars`,
  }),
  {
    id: 'mlflow-tracking-uri-password',
    vendor: 'MLflow',
    keywords: ['tracking_uri', 'tracking-uri', 'registry_uri', 'registry-uri', 'mlflow'],
    pattern:
      /(?:(?:tracking|registry)[_-]uri|mlflow)[\w \t.('":=,-]{0,60}https?:\/\/[^\s:@/'"<>]{0,64}:(?<secret>[^\s@/'"<>{}$]{2,128})@/dgi,
    check: isNoPlaceholder,
    source: 'https://mlflow.org/docs/latest/ml/tracking/',
  },
  setting({
    id: 'mlflow-tracking-token',
    vendor: 'MLflow',
    keywords: ['mlflow_tracking_token'],
    names: 'mlflow_tracking_token',
    source: mlflowAuth,
  }),
  setting({
    id: 'mlflow-tracking-password',
    vendor: 'MLflow',
    keywords: ['mlflow_tracking_password'],
    names: 'mlflow_tracking_password',
    source: mlflowAuth,
  }),
  setting({
    id: 'mlflow-server-secret',
    vendor: 'MLflow',
    keywords: ['mlflow_flask_server_secret_key', 'mlflow_crypto_kek_passphrase'],
    names: 'mlflow_(?:flask_server_secret_key|crypto_kek_passphrase)',
    source: mlflowAuth,
  }),
  {
    id: 'mlflow-basic-auth-admin-password',
    vendor: 'MLflow',
    keywords: ['admin_password'],
    pattern: /admin_password {0,4}= {0,4}(?<secret>[^\s'"$<>{}(),;]{6,128})/dgi,
    reach: 160,
    check: isNoPlaceholder,
    source: mlflowAuth,
  },
  keyed({
    id: 'mlflow-bearer-token',
    vendor: 'MLflow',
    keywords: ['mlflow'],
    names: 'mlflow',
    form: '[A-Za-z0-9_-]{32,64}',
    minEntropy: 3.8,
    check: (secret) =>
      /\d/.test(secret) && /[A-Z]/.test(secret) && !/[_-]{1}[a-z]{4,20}[_-]/.test(secret),
    source: mlflowAuth,
  }),
]
