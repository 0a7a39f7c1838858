import { databricksProvider } from './databricks/databricks-provider.ts'
import { mlflowProvider } from './mlflow/mlflow-provider.ts'
import { openaiProvider } from './openai/openai-provider.ts'
import type { Provider } from './provider.ts'

/** Every provider, in the order of `knownProviders`. */
export const providers: readonly Provider[] = [openaiProvider, mlflowProvider, databricksProvider]

/** The provider of a target's `provider:` line. The configuration admits no other names. */
export function providerOf(name: string): Provider {
  const found = providers.find((provider) => provider.name === name)
  if (found) return found
  throw new Error(`no provider "${name}", which the configuration would have refused`)
}
