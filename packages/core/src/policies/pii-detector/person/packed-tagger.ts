/** What the training command writes: the weights in base64, and those of the steps from tag to tag. */
export interface PackedTagger {
  /** Int8, two for each bucket of features, base64. */
  readonly weights: string
  /** From tag to tag, `from * 3 + to`, in the same unit. */
  readonly steps: readonly number[]
}
