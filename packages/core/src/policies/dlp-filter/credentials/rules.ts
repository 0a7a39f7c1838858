import { modelProviders } from './ai-providers.ts'
import { azure } from './azure.ts'
import { chat } from './chat.ts'
import { continuousIntegration } from './ci.ts'
import { furtherClouds, largeClouds } from './cloud.ts'
import type { CredentialRule } from './credential-rule.ts'
import { cryptoAndFinance } from './crypto-and-finance.ts'
import { databases } from './databases.ts'
import { emailAndSms } from './email-and-sms.ts'
import { hosting } from './hosting.ts'
import { identity } from './identity.ts'
import { infrastructure } from './infrastructure.ts'
import { mlflowAndDatabricks } from './mlflow-and-databricks.ts'
import { modelTools } from './model-tools.ts'
import { monitoring } from './monitoring.ts'
import { packageRegistries } from './package-registries.ts'
import { payment } from './payment.ts'
import { privateKeys } from './private-keys.ts'
import { productivity } from './productivity.ts'
import { social } from './social.ts'
import { sourceControl } from './source-control.ts'

/**
 * Every built-in credential rule. The order is stable: where two rules find the same text the first is named, so what is told by a
 * prefix of its own stands before what any vendor could have issued (`identity`).
 */
export const credentialRules: readonly CredentialRule[] = [
  ...mlflowAndDatabricks,
  ...largeClouds,
  ...furtherClouds,
  ...azure,
  ...hosting,
  ...modelProviders,
  ...modelTools,
  ...sourceControl,
  ...continuousIntegration,
  ...packageRegistries,
  ...infrastructure,
  ...databases,
  ...monitoring,
  ...chat,
  ...emailAndSms,
  ...payment,
  ...productivity,
  ...social,
  ...cryptoAndFinance,
  ...privateKeys,
  ...identity,
]
