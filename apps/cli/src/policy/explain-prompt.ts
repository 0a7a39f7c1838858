import type { Config, Explanation } from '@keeptrusts/core'
import type { Prompt } from './read-prompt.ts'
import { refuseTooLarge, unreadable } from './read-prompt.ts'

/** A chain's work on a prompt. */
export interface ExplainedPrompt extends Explanation {
  readonly config: Config
}

/** Runs the chain on a prompt. Throws `CliError` for a prompt that a gateway would refuse unread. */
export async function explainPrompt(
  { name, body }: Prompt,
  config: Config,
): Promise<ExplainedPrompt> {
  refuseTooLarge({ name, body }, config.size_limits.max_body_bytes)
  const { model } = JSON.parse(body)
  // Loads every policy, which no other command may have to do.
  const { explainRequest, KeeptrustsError } = await import('@keeptrusts/core')
  try {
    const input = { shape: 'chat.completions' as const, source: body }
    const asked = { ...input, ...(typeof model === 'string' && { model }) }
    const explanation = await explainRequest(config, asked, { env: process.env })
    return { ...explanation, config }
  } catch (error) {
    if (!KeeptrustsError.isInstance(error) || error.code === 'policy-secret-missing') throw error
    const { message, suggestion } = error
    throw unreadable({ where: name, message, ...(suggestion && { suggestion }) })
  }
}
