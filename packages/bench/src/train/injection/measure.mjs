import { areaUnderCurve, percent, thresholdAt } from '../../eval/metrics.mjs'
import { excess, judgedHarmless } from './calibrate.mjs'

/** Attacks on the instructions themselves; what the first goal is about. */
const overrides = /^(deepset|prompt-extraction|direct|giskard|jailbreak|llm-confid|patt|psfuzz-dan)/
/** Families that resemble no row of another source. */
const fresh = /^(arcanum|tasktracker|spikee|latent|purplellama-multi|garak-grandma|indirect)/

/** Figures over rows that were scored by fits without their source; shares in percent. */
export function measureStrangers(rows, limit) {
  const over = (row) => excess(row.worst, limit)
  const attacks = rows.filter((row) => row.target === 1 && !row.own)
  const harmless = judgedHarmless(rows)
  const scores = harmless.map(over)
  const figures = (selected) => figuresOf(selected.map(over), scores)
  return {
    all: figures(attacks),
    overrides: figures(attacks.filter((row) => overrides.test(row.subset))),
    freshFamilies: figures(attacks.filter((row) => fresh.test(row.subset))),
    harmless: { texts: scores.length, flaggedAt08: percent(scores, reached) },
    bySource: [...new Set(rows.filter(isPublic).map((row) => row.group))].sort().map((group) => {
      const own = (list) => list.filter((row) => row.group === group).map(over)
      return { source: group, ...sourceFigures(own(attacks), own(harmless), scores) }
    }),
    bySubset: subsetsOf([...attacks, ...harmless, ...rows.filter((row) => row.own)], over),
  }
}

const reached = (score) => score >= 0
const isPublic = (row) => !row.own && !row.composed

function figuresOf(attacks, harmless) {
  const limit = thresholdAt(harmless, 0.01)
  return {
    attacks: attacks.length,
    auc: round(areaUnderCurve(attacks, harmless)),
    recallAt1PercentFalseAlarms: percent(attacks, (score) => score > limit),
    recallAt08: percent(attacks, reached),
  }
}

function sourceFigures(attacks, harmless, all) {
  return {
    ...(attacks.length > 0 && figuresOf(attacks, all)),
    ...(harmless.length > 0 && {
      harmless: harmless.length,
      flaggedAt08: percent(harmless, reached),
    }),
  }
}

function subsetsOf(rows, over) {
  const names = [...new Set(rows.map((row) => `${row.label} ${row.subset}`))].sort()
  return names.map((name) => {
    const scores = rows.filter((row) => `${row.label} ${row.subset}` === name).map(over)
    return { subset: name, texts: scores.length, reach08: percent(scores, reached) }
  })
}

const round = (value) => Math.round(value * 1000) / 1000
