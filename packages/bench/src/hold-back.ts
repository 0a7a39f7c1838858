import { createEngine, parseConfig } from '@keeptrusts/core'
import { percentile } from './statistics.ts'
import { streamedPieces } from './streamed-answer.ts'

/** How far what goes out lies behind what came in. */
export interface HoldBack {
  readonly meanCharacters: number
  readonly p99Characters: number
  /** Characters times the pieces they waited, at `pieceMs` milliseconds a piece. */
  readonly meanMs: number
  readonly p99Ms: number
}

const config = `pack: {name: bench, version: 1.0.0}
policies: {chain: [prompt-injection, pii-detector]}
policy:
  pii-detector: {action: redact, entities: [PERSON, EMAIL_ADDRESS, PHONE_NUMBER, SSN]}
`

/** Measures the hold-back of the documented chain on the streamed answer, after each piece and for each character. */
export async function measureHoldBack(pieceMs: number): Promise<HoldBack> {
  const engine = createEngine(parseConfig(config))
  const asked = await engine.evaluateRequest({ messages: [{ role: 'user', content: 'hi' }] })
  if (asked.outcome === 'block') throw new Error('the question was blocked')
  const guard = asked.guardStream()
  const held: number[] = []
  const waits: number[] = []
  const waiting: number[] = []
  let redacted = 0
  for (const [at, piece] of streamedPieces.entries()) {
    for (let i = 0; i < piece.length; i++) waiting.push(at)
    const out = guard.push({ field: 'content' }, piece)
    if (out.includes('_REDACTED]')) {
      // What a marker stands for went out with it.
      redacted += 1
      for (const came of waiting.splice(0)) waits.push((at - came) * pieceMs)
    } else for (const came of waiting.splice(0, out.length)) waits.push((at - came) * pieceMs)
    held.push(waiting.length)
  }
  if (redacted !== 3) throw new Error(`${redacted} of 3 values were redacted`)
  return {
    ...{ meanCharacters: mean(held), p99Characters: p99(held) },
    ...{ meanMs: mean(waits), p99Ms: p99(waits) },
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function p99(values: readonly number[]): number {
  return percentile(Float64Array.from(values).sort(), 0.99)
}
