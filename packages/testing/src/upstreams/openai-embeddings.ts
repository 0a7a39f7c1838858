import type { Reply } from '../http/reply.ts'
import { json } from '../http/reply.ts'
import { countTokens, hashOf } from './answer-facts.ts'
import type { UpstreamSettings } from './upstream-settings.ts'

/** Answers `POST /v1/embeddings`: eight numbers for each input, as a list or as base64 of four-byte floats. */
export function embed(body: Readonly<Record<string, unknown>>, { model }: UpstreamSettings): Reply {
  const { input, encoding_format: format } = body
  // A list of numbers is the tokens of one input.
  const isOne = !Array.isArray(input) || typeof input[0] === 'number'
  const inputs: readonly unknown[] = isOne ? [input] : input
  const data = inputs.map((one, index) => {
    const floats = vectorOf(one)
    const bytes = Buffer.from(Float32Array.from(floats).buffer)
    const embedding = format === 'base64' ? bytes.toString('base64') : floats
    return { object: 'embedding', index, embedding }
  })
  const tokens = countTokens(JSON.stringify(inputs))
  const usage = { prompt_tokens: tokens, total_tokens: tokens }
  return json(200, { object: 'list', data, model, usage })
}

/** Numbers that a four-byte float holds exactly, so that both formats give the same. */
function vectorOf(input: unknown): number[] {
  return [...hashOf(input).subarray(0, 8)].map((byte) => (byte - 128) / 128)
}
