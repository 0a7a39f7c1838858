// Runs of capitalised words with their features and tags: what the tagger learns from.
import { load } from './core.mjs'

const { nameRuns } = await load('person/name-words.js')
const { nameLexicon } = await load('person/name-lexicon.js')
const { mayHoldName } = await load('person/name-in-run.js')
const { markScore, viewRun } = await load('person/run-view.js')
const { runFeatures } = await load('person/run-features.js')
const { ConfirmedNames } = await load('person/confirmed-names.js')
const { longestRun } = await load('person/names-in-run.js')
const { CuesOfText } = await load('person/cues-of-text.js')
const { KnownWords } = await load('person/known-word.js')
const { hashOf } = await load('person/word-hash.js')

const lexicon = nameLexicon()
const nowhere = { has: () => false }
/** Share of words that no list knows in an example that teaches to do without the lists. */
const hiddenWords = 0.6

/** The runs of a row's text, as the detector sees them in a request. */
export function examplesOf(row, { text = row.text, lists = lexicon } = {}) {
  const examples = []
  const confirmed = new ConfirmedNames(Number.POSITIVE_INFINITY, [])
  const cues = new CuesOfText()
  const around = {
    text,
    behind: '',
    direction: 'request',
    lexicon: lists,
    confirmed,
    cues,
    base: 0,
  }
  const seen = nameRuns(text)
  for (const [place, whole] of nameRuns(text, 0, new KnownWords(lists)).entries()) {
    for (let from = 0; from < whole.length; from += longestRun) {
      const run = whole.slice(from, from + longestRun)
      if (!mayHoldName(seen[place].slice(from, from + longestRun))) continue
      const view = viewRun(run, around)
      for (const [index, word] of run.entries())
        if (markScore(view.marks[index]) >= 800) confirmed.add([word], 0)
      examples.push({ features: runFeatures(view), tags: tagsOf(run, row.names) })
    }
  }
  return examples
}

/** The lists without some of their names, so that names which no list knows are learned too. */
export function withoutSomeNames(random) {
  const hidden = new Map()
  const isHidden = (word) => {
    if (!hidden.has(word)) hidden.set(word, random() < hiddenWords)
    return hidden.get(word)
  }
  return {
    ...lexicon,
    firstName: (word) => (isHidden(word) ? 0 : lexicon.firstName(word)),
    lastName: (word) => (isHidden(word) ? 0 : lexicon.lastName(word)),
    isDictionaryWord: (word) => lexicon.wide.dictionary.has(hashOf(word)),
    wide: { ...lexicon.wide, firstNames: nowhere, lastNames: nowhere },
  }
}

function tagsOf(run, names) {
  const named = run.map((word) =>
    names.findIndex((name) => word.start < name.end && name.start < word.end),
  )
  return named.map((name, index) => {
    if (name < 0) return 0
    return index > 0 && named[index - 1] === name ? 2 : 1
  })
}
