/** How readily words are taken for a person's name. */
export type PersonMode = 'precise' | 'balanced' | 'recall'

/** What each beginning of a name gains, in units of the tagger's weights: three points of one scale. */
export const eagerness: Readonly<Record<PersonMode, number>> = {
  precise: -45,
  balanced: -15,
  recall: 15,
}
