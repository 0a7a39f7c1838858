import type { ApiShape } from '../message/segment.ts'

/** The message that the pieces of a chat stream make up: in a choice, or beside all choices. */
const message = /^(?:choices(?:\[\d+\])?\.)?message(?![\w-])/
/** Where completions have their text; and a piece that stands alone. */
const bareText = /^(?:choices\[\d+\]\.text|delta)$/

/** What servers say beside the pieces: results of their own, which each event holds whole. */
const results =
  /^(?:annotations|citations|context|images|logprobs|metadata|search_results|sources|usage|content_filter.*)$/
/** Settings of a message: the same words in each event. */
const settings =
  /^(?:(?:.+_)?(?:id|type|format|status|signature|model|provider|object|version|encoding|language)|(?:finish|stop)_reason)$/
/** And of what stands in a message. */
const labels =
  /^(?:(?:.+_)?(?:url|uri|title|name|filename|kind|role|detail|level|severity|date)|lang)$/

/** Texts of an item of the Responses API that go on in later events; any other is whole in its event. */
const ofItem =
  /\.(?:(?:content|summary)(?:\[\d+\])?|text|refusal|arguments|input|code|transcript|data|"(?:[^"\\]|\\.)*")$/

/** Characters; longer than the way to any text that an API has. */
const longestChannel = 2000

/**
 * True for a text of a stream that is a piece of the one at its place; any other is whole in its event. `whole` is what
 * the reader of the event knows. Clients join whatever grows, under keys of any name; but servers put settings and
 * results of their own beside the pieces, and joining those would corrupt them.
 */
export function isPiece(channel: string, whole: boolean, shape: ApiShape): boolean {
  if (whole) return false
  // No API has such a place: nothing there is known to be a setting.
  if (channel.length > longestChannel) return true
  if (shape === 'responses') return !/^output[.[]/.test(channel) || isOfItem(channel)
  if (bareText.test(channel)) return true
  const start = message.exec(channel)?.[0]
  if (start === undefined) return false
  const inMessage = channel.slice(start.length)
  const keys = keysIn(inMessage)
  const last = keys.at(-1) ?? ''
  if (settings.test(last)) return false
  const standsInIt = keys.length === 1 && !inMessage.endsWith(']')
  return standsInIt || !(labels.test(last) || keys.some((key) => results.test(key)))
}

function isOfItem(channel: string): boolean {
  return ofItem.test(channel) && !keysIn(channel).includes('annotations')
}

/** The keys on the way to a place, as they are written there. */
function keysIn(channel: string): readonly string[] {
  const found = channel.match(/"(?:[^"\\]|\\.)*"|\[\d+\]|[^.[\]"]+/g) ?? []
  return found.filter((key) => !key.startsWith('['))
}
