import type { WindowKind } from './windows.ts'

/** What the training command fits above the rules and the linear model, in tenths of log-odds. */
export interface Calibration {
  readonly bias: number
  /** Moves the log-odds so that 0.8 is the score that at most 1 % of harmless texts reach. */
  readonly offset: number
  /** By kind of window: what is added, and the factor of the linear model's log-odds. */
  readonly windows: Readonly<
    Record<WindowKind, { readonly added: number; readonly linear: number }>
  >
  /** Weight of each rule by its key; a rule that is not named has its prior. */
  readonly rules: Readonly<Record<string, number>>
}
