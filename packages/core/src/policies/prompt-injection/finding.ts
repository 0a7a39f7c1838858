import type { Span } from '../../text/span.ts'

/** What shows an attack in one text, in offsets of the original. */
export interface Finding extends Span {
  /** Rule family. */
  readonly rule: string
  /** Calibrated, in thousandths. */
  readonly score: number
}
