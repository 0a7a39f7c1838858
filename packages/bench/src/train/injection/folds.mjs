import { applyWords, fitAbove, fitWords, worstOf } from './fit.mjs'
import { FOLDS } from './settings.mjs'

const systemPrompt = /^system-prompt/
/** System prompts are not scored as prompts (only markers count there), so the fit above the words leaves them out. */
export const isPrompt = (row) => !systemPrompt.test(row.subset)

/** Only rows whose licence allows it shape what is shipped. What was put together repeats words that are there already. */
export const teachesWords = (row) => row.trainable === true && !row.composed && !row.planted
export const teachesRules = (row) => row.trainable === true && isPrompt(row)

/** Gives each row a fold; folds are of about the same size and keep groups (repositories, own templates) together. */
export function assignFolds(rows) {
  const groups = new Map()
  for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row])
  const sizes = new Array(FOLDS).fill(0)
  for (const [, members] of [...groups].sort((a, b) => b[1].length - a[1].length)) {
    const fold = sizes.indexOf(Math.min(...sizes))
    sizes[fold] += members.length
    for (const row of members) row.fold = fold
  }
}

/**
 * Scores every row by fits that have seen nothing of its source: `row.worst` by kind of window, `row.score` the highest.
 * Gives the fits back, by fold, as `{ words, above }`.
 */
export function scoreStrangers(rows) {
  const fits = []
  for (let fold = 0; fold < FOLDS; fold++) {
    const words = fitWords(rows.filter((row) => row.fold !== fold && teachesWords(row)))
    for (const row of rows.filter((other) => other.fold === fold)) {
      applyWords(words, row)
    }
    fits.push({ words })
  }
  for (let fold = 0; fold < FOLDS; fold++) {
    const above = fitAbove(rows.filter((row) => row.fold !== fold && teachesRules(row)))
    for (const row of rows.filter((other) => other.fold === fold)) {
      row.worst = worstOf(above, row.windows)
      row.score = Math.max(...Object.values(row.worst))
    }
    fits[fold].above = above
  }
  return fits
}
