import type { BodyDecision, ContentLevel } from '@keeptrusts/core'
import type { KnownCall } from '../../call/known-call.ts'
import { GatewayError } from '../../errors/gateway-error.ts'
import type { KeptContent } from './kept-content.ts'
import { keptText } from './kept-content.ts'

/**
 * What is kept of a request: with `full` as the client sent it, with `redacted` as it was forwarded, and nothing of a request that
 * was not: no policy has edited that.
 */
export function contentOfRequest(
  { known }: KnownCall,
  decision: BodyDecision | GatewayError,
  level: ContentLevel,
): KeptContent | null {
  if (level === 'full') return known.request ? keptText(known.request.text) : null
  if (level !== 'redacted' || decision instanceof GatewayError) return null
  return 'body' in decision ? keptText(decision.body.source) : null
}

/** A whole answer, before and after the policies. */
interface WholeTexts {
  readonly sent: string
  /** `null` when it was stopped. */
  readonly released: string | null
}

/** What is kept of a whole answer: with `full` as the model sent it, with `redacted` as it was released. */
export function contentOfAnswer(
  { sent, released }: WholeTexts,
  level: ContentLevel,
): KeptContent | null {
  if (level === 'full') return keptText(sent)
  return level === 'redacted' && released !== null ? keptText(released) : null
}
