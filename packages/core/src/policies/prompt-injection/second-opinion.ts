import { askAbout, askPlugin } from '../../plugins/ask-plugin.ts'
import type { Classifier } from '../../plugins/plugin.ts'
import { CircuitBreaker } from '../../reliability/circuit-breaker.ts'
import type { Span } from '../../text/span.ts'
import type { OptionsOf } from '../json-schema.ts'
import type { Inspected, Match } from '../policy.ts'
import { attackPatternRule } from './attack-patterns.ts'
import type { schema } from './schema.ts'

type Options = OptionsOf<typeof schema>['second_opinion']

/** Of a longer text a classifier gets the part around what the fast look found. */
const longestQuestion = 16_384

/** Asks a classifier about the texts whose fast score leaves doubt. */
export class SecondOpinion {
  readonly #classifier: Classifier
  readonly #options: Options
  /** Thousandths; the fast score from which a text counts by itself. */
  readonly #threshold: number
  readonly #breaker = new CircuitBreaker(Date.now)

  constructor(classifier: Classifier, options: Options, threshold: number) {
    this.#classifier = classifier
    this.#options = options
    this.#threshold = threshold
  }

  /** Least fast score, in thousandths, that is worth a question. */
  get leastScore(): number {
    return Math.min(this.#threshold, this.#options.ask_from * 1000)
  }

  /** What counts in each text once the doubtful ones were asked about. */
  async consult(texts: readonly Inspected[]): Promise<readonly (readonly Match[])[]> {
    return askAbout(texts, (text) => this.#opinionOn(text))
  }

  async #opinionOn({ segment, matches }: Inspected): Promise<readonly Match[]> {
    const strongest = matches.reduce<Match | undefined>(
      (best, match) => (best === undefined || match.score > best.score ? match : best),
      undefined,
    )
    if (strongest === undefined || !this.#isDoubtful(strongest.score)) return matches
    // The operator's own patterns always count.
    if (strongest.rule === attackPatternRule) return matches
    // An id is no sentence: what the fast look says of it is all there is to say.
    if (segment.kind === 'identifier') return matches
    const { role, field } = segment
    const text = excerptOf(segment.text, strongest)
    try {
      const { score } = await askPlugin(
        { text, role, field },
        (question) => this.#classifier.classify(question),
        { timeoutMs: this.#options.timeout_ms, breaker: this.#breaker },
      )
      if (!(score >= 0 && score <= 1)) throw new TypeError('a classifier scores from 0 to 1')
      return score >= this.#options.accept_from ? [believed(strongest, score)] : []
    } catch (error) {
      if (this.#options.on_failure === 'block') throw error
      return matches
    }
  }

  #isDoubtful(score: number): boolean {
    const { ask_until: until } = this.#options
    if (score < this.leastScore) return false
    return until === 1 || score < Math.max(until * 1000, this.#threshold)
  }
}

/** The classifier's word for it, at the place where the fast look saw most. */
function believed({ start, end, type, action }: Match, score: number): Match {
  return { rule: 'second-opinion', type, start, end, action, score: Math.round(score * 1000) }
}

function excerptOf(text: string, { start, end }: Span): string {
  if (text.length <= longestQuestion) return text
  const spare = Math.max(0, longestQuestion - (end - start))
  const from = Math.max(0, Math.min(start - (spare >> 1), text.length - longestQuestion))
  return text.slice(from, from + longestQuestion)
}
