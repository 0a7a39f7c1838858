// For the training commands, which are not compiled.
export { areaUnderCurve, thresholdAt } from '../../dist/eval/metrics/ranking.js'

/** Share of `scores` for which `test` holds, in percent with one decimal. */
export function percent(scores, test) {
  return scores.length === 0
    ? 0
    : Math.round((1000 * scores.filter(test).length) / scores.length) / 10
}
