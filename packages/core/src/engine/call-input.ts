import type { Identity } from './identity.ts'

/** What is known of a call beside its texts. */
export interface CallInput {
  readonly identity?: Identity
  readonly model?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Links request and answer in the log; made up when absent. */
  readonly requestId?: string
}
