import type { WindowKind } from './windows.ts'

/** Where a text stands: what people ask, or what documents, tools and earlier answers bring along. */
export type Place = 'prompts' | 'documents'

/** What the training command fits above the rules and the linear model, in tenths of log-odds. */
export interface Calibration {
  /**
   * By kind of window: the factor of the linear model's log-odds, and what is added in each place, so that 0.8 is a score
   * that at most 1 % of harmless texts there reach.
   */
  readonly windows: Readonly<
    Record<WindowKind, { readonly linear: number } & Readonly<Record<Place, number>>>
  >
  /** Weight of each rule by its key; a rule that is not named has its prior. */
  readonly rules: Readonly<Record<string, number>>
}
