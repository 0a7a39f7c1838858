import type { TaggerWeights } from './name-tagger.ts'
import { packedTagger } from './tagger-weights.ts'

/** What the training command writes: the weights in base64, and those of the steps from tag to tag. */
export interface PackedTagger {
  /** Int8, two for each bucket of features, base64. */
  readonly weights: string
  /** From tag to tag, `from * 3 + to`, in the same unit. */
  readonly steps: readonly number[]
}

/** The weights, ready to use. */
export function unpackTagger({ weights, steps }: PackedTagger): TaggerWeights {
  const bytes = atob(weights)
  return {
    weights: Int8Array.from(bytes, (one) => (one.charCodeAt(0) << 24) >> 24),
    steps: Int8Array.from(steps),
  }
}

let loaded: TaggerWeights | undefined

/** The shipped weights; unpacked on first use and shared, for they never change. */
export function taggerWeights(): TaggerWeights {
  loaded ??= unpackTagger(packedTagger)
  return loaded
}

/**
 * Lets all finders use other weights: those that are measured while they are fitted.
 * @public only for the training command
 */
export function lendTagger(weights: TaggerWeights): void {
  loaded = weights
}
