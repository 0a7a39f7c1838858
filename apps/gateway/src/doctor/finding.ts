import type { FindingCode } from './finding-codes.ts'

/** `skipped` is no judgement: the check does not apply, or could not be made here. */
export type FindingStatus = 'ok' | 'warning' | 'failed' | 'skipped'

/** What a check found, before it is known what was checked. Holds no secret and no text of a server. */
export interface Verdict {
  readonly status: FindingStatus
  readonly code: string
  readonly message: string
  /** What to do; `null` when nothing has to be done. */
  readonly fix: string | null
}

/** One line of `kt doctor`. */
export interface Finding extends Verdict {
  /** What was looked at, as in `address`, `token`, `disk`. */
  readonly check: string
  /** A target id, or `configuration`, `data folder`, `this machine`, `callbacks[0]`, … */
  readonly subject: string
}

/** All is well. */
export function ok(code: FindingCode, message: string): Verdict {
  return { status: 'ok', code, message, fix: null }
}

/** Works, but deserves a look. */
export function warning(code: FindingCode, message: string, fix: string): Verdict {
  return { status: 'warning', code, message, fix }
}

/** Does not work, or will not. */
export function failed(code: FindingCode, message: string, fix: string): Verdict {
  return { status: 'failed', code, message, fix }
}

/** Was not looked at, for the reason in `message`. */
export function skipped(code: FindingCode, message: string, fix: string | null = null): Verdict {
  return { status: 'skipped', code, message, fix }
}

/** Says what a verdict is about. */
export function about(subject: string, check: string, verdict: Verdict): Finding {
  return { check, subject, ...verdict }
}
