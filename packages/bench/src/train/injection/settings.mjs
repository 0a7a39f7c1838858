// Settings of the fit; all chosen with whole sources left out, and written to the model card.
export const SIZE = 65_536
export const SEED = 42
export const FOLDS = 10
export const EPOCHS = Number(process.env.EP ?? 5)
export const ATTACK_WEIGHT = Number(process.env.AW ?? 1.5)
/** What a sample of our own weighs next to a row of a public collection. */
export const OWN_ATTACK_WEIGHT = Number(process.env.OWN ?? 0.7)
export const OWN_HARMLESS_WEIGHT = Number(process.env.OWNH ?? 1.5)
/** The linear model may say no more than this, in log-odds; as in `score-text.ts`. */
export const MODEL_LIMIT = 6
/** How strongly rule weights keep to what they were before the data had a say. */
export const PULL = Number(process.env.PULL ?? 6)
/** What a harmless short window weighs in the words model. */
export const SHORT_WEIGHT = Number(process.env.SW ?? 0)
/** What an attack weighs when it is taken for a short window. */
export const PLANTED_WEIGHT = Number(process.env.PW ?? 0.5)
