import { excess } from './calibrate.mjs'
import { foldText } from './core.mjs'
import { windowsIn } from './prepare-rows.mjs'

/** Payloads: attacks short enough to hide. */
const MOST_CHARACTERS = 400
const PLACES = ['begin', 'middle', 'end']
/** Own attacks have many wordings of one thing: every so manieth is enough. */
const EVERY_OWN = 6
/** Orders to the model; what the goal for documents is about. */
const orders = /^(prompt-extraction|direct|giskard|patt|latent-payload|llm-confid)/
/** A collection of requests many of which order nothing of a model: counted apart. */
const mixed = /^deepset/
const MEASURED_EVERY = 3

/**
 * Short attacks put into long harmless documents, as rows of their own: `planted` has the place and the windows that hold
 * the attack. Attack and document are of one fold where its documents allow, so that a fit knows both or neither.
 */
export function plantAttacks(rows) {
  const documents = rows.filter((row) => row.composed)
  if (documents.length === 0) return []
  const attacks = rows
    .filter((row) => row.target === 1 && row.text.length < MOST_CHARACTERS)
    .filter((row, index) => !row.own || index % EVERY_OWN === 0)
  return attacks.flatMap((attack, index) => {
    const near = documents.filter(({ fold }) => fold === attack.fold)
    const among = near.length > 0 ? near : documents
    const document = among[(index * 7) % among.length]
    const everywhere =
      orders.test(attack.subset) || (mixed.test(attack.subset) && index % MEASURED_EVERY === 0)
    const places = everywhere ? PLACES : [PLACES[index % PLACES.length]]
    return places.map((place) => plant(document, attack, place))
  })
}

function plant(document, attack, place) {
  const at = placeIn(document.text, place)
  const before = document.text.slice(0, at)
  const text = `${before}${attack.text}${place === 'middle' ? ' ' : '\n\n'}${document.text.slice(at)}`
  const windows = windowsIn(text)
  const from = foldText(before).text.length
  const to = from + foldText(attack.text).text.length
  return {
    ...attack,
    composed: false,
    trainable: attack.trainable === true && document.trainable === true,
    alone: attack,
    windows,
    planted: { place, windows: windows.filter((one) => one.from < to && one.to > from) },
  }
}

function placeIn(text, place) {
  if (place === 'begin') return 0
  const sentence = text.indexOf('. ', text.length / 2) + 2
  return place === 'end' || sentence <= 1 ? text.length : sentence
}

/** Counts by place of attacks that were found in documents neither of whose sources the fit has seen, and of documents alone. */
export function measurePlanted(rows, planted, limit) {
  const documents = rows.filter((row) => row.composed)
  const flagged = documents.filter(({ worst }) => excess(worst, limit) >= 0).length
  const figures = (kind) =>
    countsOf(
      planted.filter(({ own, subset }) => !own && kind.test(subset)),
      limit,
    )
  return { orders: figures(orders), mixed: figures(mixed), documents: documents.length, flagged }
}

function countsOf(planted, limit) {
  const at = (place) => planted.filter((row) => row.planted.place === place)
  const found = (list) => list.filter(({ worst }) => excess(worst, limit) >= 0).length
  return {
    attacks: at('begin').length,
    alone: found(at('begin').map(({ alone }) => alone)),
    found: Object.fromEntries(PLACES.map((place) => [place, found(at(place))])),
  }
}
