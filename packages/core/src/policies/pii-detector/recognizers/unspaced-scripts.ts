/** A letter of a script that is written without spaces: particles and words follow a value directly there. */
export const unspacedLetter =
  '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Thai}]'
