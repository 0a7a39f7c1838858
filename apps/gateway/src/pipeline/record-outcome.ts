import { Buffer } from 'node:buffer'
import type { Released } from '../audit/ending.ts'
import type { Call } from '../call/call.ts'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { CheckedAnswer } from './checked-answer.ts'

interface Answered {
  readonly call: Call
  readonly answer: CheckedAnswer
}

/** Makes the outcome durable before a byte of the answer goes out; a live stream does so before its end. Throws `audit_unavailable`. */
export async function recordOutcome(
  { call, answer }: Answered,
  { config }: GatewayDeps,
): Promise<void> {
  if (answer.kind === 'live') return
  const { decision, upstreamStatus, usage, finishReasons } = answer
  await call.journal.complete({
    ...(decision && { decision }),
    status: answer.kind === 'blocked' ? config.enforcement.block_status : 200,
    upstreamStatus,
    usage,
    finishReasons,
    released: releasedBy(answer),
  })
}

function releasedBy(answer: Exclude<CheckedAnswer, { kind: 'live' }>): Released {
  const { kept } = answer
  if (answer.kind === 'blocked') return { text: null, bytes: 0, kept }
  const bytes = answer.bytes?.length ?? Buffer.byteLength(answer.text)
  return { text: answer.text, bytes, kept }
}
