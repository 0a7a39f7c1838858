import { callOpenai } from '../openai/openai-provider.ts'
import type { Provider } from '../provider.ts'
import { requireToken } from '../require-token.ts'

/**
 * Serving endpoints of a Databricks workspace: OpenAI's protocol at `/serving-endpoints/chat/completions`, with the name of
 * the endpoint as the model. Never probed (decision W3). `base_url` is completed and checked when it is read.
 */
export const databricksProvider: Provider = {
  name: 'databricks',
  probes: false,
  call: async (call, deps) => {
    requireToken(call.target, 'unknown')
    return callOpenai(call, deps)
  },
}
