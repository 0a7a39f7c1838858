/** Tokens of a call as the model server counted them. */
export interface TokenUsage {
  readonly input_tokens: number
  readonly output_tokens: number
}

/** Reads `usage` of an answer in OpenAI's shape; `null` when it is absent, null or not two counts. */
export function readUsage(usage: unknown): TokenUsage | null {
  if (typeof usage !== 'object' || usage === null) return null
  if ('estimated' in usage) return null
  const { prompt_tokens: input, completion_tokens: output } = usage as Record<string, unknown>
  if (!isCount(input) || !isCount(output ?? 0)) return null
  return { input_tokens: input, output_tokens: (output ?? 0) as number }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
