/** Tokens of a call as the model server counted them. */
export interface TokenUsage {
  readonly input_tokens: number
  readonly output_tokens: number
}

/** Reads `usage` of an answer in the shape of any of OpenAI's APIs; `null` when it is absent, null or not two counts. */
export function readUsage(usage: unknown): TokenUsage | null {
  if (typeof usage !== 'object' || usage === null) return null
  if ('estimated' in usage) return null
  const counts = usage as Record<string, unknown>
  const input = counts['prompt_tokens'] ?? counts['input_tokens']
  const output = counts['completion_tokens'] ?? counts['output_tokens']
  if (!isCount(input) || !isCount(output ?? 0)) return null
  return { input_tokens: input, output_tokens: (output ?? 0) as number }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
