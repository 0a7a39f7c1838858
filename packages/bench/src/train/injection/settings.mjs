// Settings of the fit; all chosen with whole sources left out, and written to the model card.
export const SIZE = 65_536
export const SEED = 42
export const FOLDS = 10
export const EPOCHS = 5
export const ATTACK_WEIGHT = 1.5
/** What a sample of our own weighs next to a row of a public collection. */
export const OWN_ATTACK_WEIGHT = 0.7
export const OWN_HARMLESS_WEIGHT = 1.5
/** How strongly rule weights keep to what they were before the data had a say. */
export const PULL = 6
/** What an attack weighs when it is taken for a short window. */
export const PLANTED_WEIGHT = 0.5
