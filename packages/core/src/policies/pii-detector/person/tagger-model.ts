import type { TaggerWeights } from './name-tagger.ts'
import type { PackedTagger } from './packed-tagger.ts'
import { packedTagger } from './tagger-weights.ts'

/** The weights, ready to use. */
function unpackTagger({ weights, steps }: PackedTagger): TaggerWeights {
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
