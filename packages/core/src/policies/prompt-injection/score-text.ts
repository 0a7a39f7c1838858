import type { MappedText } from '../../text/mapped-text.ts'
import type { Span } from '../../text/span.ts'
import type { Steps } from '../../text/steps.ts'
import type { Place } from './calibration.ts'
import { shippedModel } from './model-file.ts'
import { calibration } from './rule-weights.ts'
import { rules } from './rules.ts'
import type { MarkerOptions } from './text-hits.ts'
import type { Window } from './windows.ts'
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
  let best: { window: Window; logOdds: number } | undefined
  for (const window of windows) {
    const logOdds = windowLogOdds(window, place)
    if (best === undefined || logOdds > best.logOdds) best = { window, logOdds }
  }
  const base = best?.logOdds ?? Number.NEGATIVE_INFINITY
  const logOdds = extra.reduce((sum, rule) => sum + (ruleWeights[rule] ?? 0), base)
  return { logOdds, ...strongest(text, best?.window) }
}

function windowLogOdds({ kind, model, hits }: Window, place: Place): number {
  const { linear, [place]: added } = calibration.windows[kind]
  const limited = Math.max(-MODEL_LIMIT, Math.min(MODEL_LIMIT, model))
  let sum = (added + linear * limited) * TENTH
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
