import type { MappedText } from '../../text/mapped-text.ts'
import type { Span } from '../../text/span.ts'
import type { Steps } from '../../text/steps.ts'
import type { Place } from './calibration.ts'
import { shippedModel } from './model-file.ts'
import { calibration } from './rule-weights.ts'
import { rules } from './rules.ts'
import type { MarkerOptions } from './text-hits.ts'
import type { Window, WindowKind } from './windows.ts'
import { windowsOf } from './windows.ts'
import type { RuleHit } from './word-patterns.ts'

/** How much a text looks like an attack, and what shows it most. */
export interface Verdict extends Span {
  /** Log-odds, calibrated: `logit(0.8)` is reached by at most 1 % of harmless texts. */
  readonly logOdds: number
  /** Family of the first rule that is nearly proof, else of the one that weighs most; `learned-wording` when the linear model alone decides. */
  readonly rule: string
}

/** The linear model may say no more than this, in log-odds. */
const MODEL_LIMIT = 6
const TENTH = 0.1
/** A rule of this weight, in log-odds, is shown as the reason when it is the first of its kind. */
const PROOF = 2
/** Weights by rule number, in log-odds. */
const ruleWeights = rules.map(({ key, prior }) => (calibration.rules[key] ?? prior) * TENTH)

/** How a text is scored. */
export interface ScoreOptions {
  readonly markers: MarkerOptions
  readonly place: Place
  /** Rules that fit outside the folded text, for every window. */
  readonly extra: readonly number[]
}

/** Scores a folded text; offsets of the result are those of the original. */
export function* scoreText(
  text: MappedText,
  { markers, place, extra }: ScoreOptions,
): Steps<Verdict> {
  const windows = yield* windowsOf(text.text, markers, shippedModel())
  yield
  const typical = typicalOf(windows)
  let best: { window: Window; logOdds: number } | undefined
  for (const window of windows) {
    const logOdds = windowLogOdds(window, place, typical)
    if (best === undefined || logOdds > best.logOdds) best = { window, logOdds }
  }
  const base = best?.logOdds ?? Number.NEGATIVE_INFINITY
  const logOdds = extra.reduce((sum, rule) => sum + (ruleWeights[rule] ?? 0), base)
  return { logOdds, ...strongest(text, best?.window) }
}

/**
 * What the linear model says of the usual few sentences of a text, in log-odds: an attack that was put into a document
 * stands out from it. Infinite for a text that is too brief to have a usual.
 * @public also used by the training command
 */
export function typicalOf(windows: readonly Pick<Window, 'kind' | 'model'>[]): number {
  let sum = 0
  let count = 0
  for (const { kind, model } of windows) {
    if (kind !== 'short') continue
    sum += model
    count += 1
  }
  return count === 0 ? Number.POSITIVE_INFINITY : sum / count
}

/**
 * By how much `model` is above what is typical, up to the limit of the linear model.
 * @public also used by the training command
 */
export function contrastOf(model: number, typical: number): number {
  return Math.max(0, Math.min(MODEL_LIMIT, model - typical))
}

/**
 * The log-odds of the linear model, as far as they count.
 * @public also used by the training command
 */
export function limitedModel(model: number): number {
  return Math.max(-MODEL_LIMIT, Math.min(MODEL_LIMIT, model))
}

/**
 * Whether windows of this kind are a few words out of a longer text.
 * @public also used by the training command
 */
export function isBrief(kind: WindowKind): boolean {
  return kind === 'short' || kind === 'sentence'
}

function windowLogOdds({ kind, model, hits }: Window, place: Place, typical: number): number {
  const { linear, contrast, [place]: added } = calibration.windows[kind]
  const unusual = isBrief(kind) ? contrast * contrastOf(model, typical) : 0
  const words = linear * limitedModel(model) + unusual
  let sum = (added + words) * TENTH
  for (const { rule } of hits) sum += ruleWeights[rule] ?? 0
  return sum
}

/** The first rule that is nearly proof by itself; without one, the rule that weighs most. */
function strongest(text: MappedText, window: Window | undefined): Span & { rule: string } {
  const hits = window?.hits ?? []
  const [first] = hits.filter((hit) => weightOf(hit) >= PROOF).sort((a, b) => a.start - b.start)
  const [heaviest] = [...hits].sort((a, b) => weightOf(b) - weightOf(a))
  const shown = first ?? heaviest
  if (shown === undefined) {
    const span = text.toOriginalSpan(window?.from ?? 0, window?.to ?? 0)
    return { rule: 'learned-wording', ...span }
  }
  return { rule: rules[shown.rule]?.family ?? '', ...text.toOriginalSpan(shown.start, shown.end) }
}

function weightOf(hit: RuleHit): number {
  return ruleWeights[hit.rule] ?? 0
}
