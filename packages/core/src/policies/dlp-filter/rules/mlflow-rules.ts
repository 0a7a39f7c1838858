import { isPlaceholder } from './placeholder.ts'
import type { Rule } from './rule.ts'

const credentials = { category: 'mlflow.credentials', type: 'CREDENTIAL' } as const

/** What opens an MLflow server, beside the tokens and passwords that `credentials/` knows (mlflow.org/docs/latest/self-hosting/security). */
const credentialRules: readonly Rule[] = [
  {
    ...credentials,
    id: 'mlflow-tracking-username',
    keywords: ['mlflow_tracking_username'],
    pattern:
      /MLFLOW_TRACKING_USERNAME["'\])]{0,3}\s{0,3}[:=,]\s{0,3}["']?(?<secret>[^\s"'`,;()]{3,200})/di,
    reach: 260,
    check: isValue,
  },
  {
    ...credentials,
    id: 'mlflow-uri-with-password',
    keywords: ['mlflow', 'tracking_uri', 'tracking-uri', 'registry_uri', ':5000', ':5001'],
    pattern:
      /https?:\/\/(?<secret>[^\s:@/?#"'<>`]{1,80}:[^\s:@/?#"'<>`]{1,128})@(?:[a-z0-9.-]{0,100}mlflow[a-z0-9.-]{0,100}|[a-z0-9.-]{1,128}:500[01](?![0-9])|[a-z0-9.:-]{1,128}\/[a-z0-9/._-]{0,40}mlflow)/di,
    reach: 320,
    check: (value) => !/[<{]|^\$|:\$|your[_-]|x{4}|\*{3}/i.test(value),
  },
]

const trackingUri = {
  category: 'mlflow.tracking_uris',
  type: 'TRACKING_URI',
  check: isRealServer,
} as const

/** Where a tracking server stands. */
const trackingRules: readonly Rule[] = [
  {
    ...trackingUri,
    id: 'mlflow-tracking-uri',
    keywords: ['tracking_uri', 'tracking-uri', 'registry_uri'],
    pattern:
      /(?:(?:tracking|registry)[_-]uri["'\])]{0,3}\s{0,3}[(:=, ]\s{0,3}["']?(?<secret>(?:https?|databricks(?:-uc)?|postgresql|mysql|sqlite):\/\/[^\s"'`<>)]{1,200}))/di,
    reach: 260,
  },
  {
    ...trackingUri,
    id: 'mlflow-api-url',
    keywords: ['/api/2.0/mlflow', '/ajax-api/2.0/mlflow'],
    pattern:
      /https?:\/\/[^\s"'`<>/]{1,128}(?:\/[^\s"'`<>/]{1,40}){0,2}\/(?:ajax-)?api\/2\.0\/mlflow(?:-artifacts)?(?:\/[^\s"'`<>]{0,100})?/di,
    reach: 320,
  },
  {
    ...trackingUri,
    id: 'databricks-profile-uri',
    keywords: ['databricks://'],
    pattern: /(?<![a-z0-9])databricks:\/\/[a-z0-9_.:-]{1,100}/di,
    reach: 120,
  },
]

/** Names of models, runs and places: people ask about them, and they open nothing by themselves. */
const referenceRules: readonly Rule[] = [
  {
    id: 'mlflow-model-uri',
    category: 'mlflow.model_references',
    type: 'MODEL_REFERENCE',
    keywords: ['models:/'],
    pattern:
      /(?<![a-z0-9])models:\/(?:[\w.-]{1,60}@)?[\w. -]{0,60}[\w.-](?:\/[\w.-]{1,64}|@[\w.-]{1,64})?/di,
    reach: 260,
  },
  {
    id: 'mlflow-run-uri',
    category: 'mlflow.run_references',
    type: 'RUN_REFERENCE',
    keywords: ['runs:/'],
    pattern: /(?<![a-z0-9])runs:\/[0-9a-f]{32}(?:\/[^\s"'`<>)\]]{0,160})?/di,
    reach: 220,
  },
  {
    id: 'mlflow-artifact-uri',
    category: 'mlflow.artifact_paths',
    type: 'ARTIFACT_PATH',
    keywords: ['mlflow-artifacts:', 'dbfs:/databricks/mlflow'],
    pattern: /(?:mlflow-artifacts:|dbfs:\/databricks\/mlflow)[^\s"'`<>)\]]{1,200}/di,
    reach: 240,
  },
  {
    id: 'cloud-artifact-path',
    category: 'mlflow.artifact_paths',
    type: 'ARTIFACT_PATH',
    keywords: ['s3://', 'gs://', 'wasbs://', 'abfss://'],
    pattern:
      /(?<![a-z0-9])(?:s3|gs|wasbs|abfss):\/\/[^\s"'`<>/]{1,128}\/[^\s"'`<>)\]]{0,160}(?:(?<=\/)(?:mlruns|mlartifacts|artifacts|models)\/|\.(?:pt|pth|pkl|pickle|joblib|safetensors|gguf|onnx|h5|keras)(?![a-z0-9]))[^\s"'`<>)\]]{0,120}/di,
    reach: 440,
  },
]

/** What MLflow users send along; each category has an action of its own. */
export const mlflowRules: readonly Rule[] = [
  ...credentialRules,
  ...trackingRules,
  ...referenceRules,
]

const variable =
  /^(?:\$|%|os\.|process\.|getpass|input|dbutils|null|none|true|false|str\b|string$|(?:username|user|password|token)$)/i

/** True for a value rather than what stands for one. */
function isValue(value: string): boolean {
  return !(variable.test(value) || isPlaceholder(value))
}

const sampleServer =
  /:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|[a-z0-9.-]{0,80}example(?:\.(?:com|org|net))?|host(?:name)?|mlflow-?server|<|\{|\$|your|my-)/i

/** True for a server that is not the reader's own machine or a name that documentation uses; with a password it is another rule's. */
function isRealServer(uri: string): boolean {
  return !(/@/.test(uri) || sampleServer.test(uri) || isPlaceholder(uri))
}
