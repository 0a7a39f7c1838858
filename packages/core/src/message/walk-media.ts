import type { Unscannable } from './segment.ts'
import type { KeyTable, Visit } from './walk.ts'
import { asIdentifier, asText, walkItems, walkObject } from './walk.ts'

/**
 * Something that is not text: counted, not read. What stands beside it is read (a file's name, an image's address);
 * base64 payloads and data: URLs are not, and anything else in their place is read as text, since it may be some.
 */
export function asMedia(what: Unscannable['what']): Visit {
  return (walk, node) => {
    if (node.kind === 'null') return
    walk.out.skip(walk, what)
    readBeside(walk, node)
  }
}

/**
 * The same in an answer, under a key that only may hold media: base64 that stands alone there is read too, since no API
 * has a payload in such a place, and letters and digits without spaces may be a text.
 */
export function asNamedMedia(what: Unscannable['what']): Visit {
  return (walk, node) => {
    if (node.kind === 'string' && !dataHead.test(node.value)) asText()(walk, node)
    else asMedia(what)(walk, node)
  }
}

const readBeside: Visit = (walk, node) => {
  if (node.kind === 'object') walkObject(walk, node, { table: mediaKeys, other: asText('other') })
  else if (node.kind === 'array') walkItems(walk, node, readBeside)
  else readUnlessPayload(walk, node)
}

const readUnlessPayload: Visit = (walk, node) => {
  if (node.kind === 'string' && isPayload(node.value)) return
  asText('other')(walk, node)
}

/** Base64 that stands alone: counted as `what`; anything else in its place is text. */
export function asPayload(what: Unscannable['what']): Visit {
  return (walk, node) => {
    if (node.kind === 'string' && isPayload(node.value)) walk.out.skip(walk, what)
    else asText()(walk, node)
  }
}

/** The letters of base64 and base64url with line ends, to the end of the text; not prose, which has spaces. */
const base64 = /^[A-Za-z0-9+/_=\r\n-]*$/
/** The head of a `data:` URL (RFC 2397) with up to four parameters. */
const dataHead = /^data:[\w.+-]{1,100}\/[\w.+-]{1,100}(?:;[\w.+-]{1,40}(?:=[\w.+-]{1,40})?){0,4},/
/** Shorter ones are read: a number or a word is also made of these letters. */
const shortestPayload = 64

function isPayload(text: string): boolean {
  const head = dataHead.exec(text)?.[0].length ?? 0
  if (head === 0 && text.length < shortestPayload) return false
  const payload = head === 0 ? text : text.slice(head)
  // `data:text/plain,…` is text, and so are lists of numbers, which base64 of this length never is.
  if (head > 0 && !/;base64,$/i.test(text.slice(0, head))) return false
  return base64.test(payload) && (head > 0 || /[A-Za-z]/.test(payload))
}

const mediaKeys: KeyTable = new Map<string, Visit>([
  ['url', readUnlessPayload],
  ['data', readUnlessPayload],
  ['b64_json', readUnlessPayload],
  ['file_data', readUnlessPayload],
  ['file_id', asIdentifier],
  ['id', asIdentifier],
  ['format', asIdentifier],
  ['detail', asIdentifier],
  ['filename', asText('name')],
  ['transcript', asText('content')],
])

/** Keys whose values no policy can read, wherever they stand in a part or a message. */
export const unscannableKeys: readonly (readonly [string, Visit])[] = [
  ['image_url', asMedia('image')],
  ['image', asMedia('image')],
  ['input_image', asMedia('image')],
  ['input_audio', asMedia('audio')],
  ['audio', asMedia('audio')],
  ['file', asMedia('file')],
  ['file_id', asMedia('file')],
  ['file_data', asMedia('file')],
  ['encrypted_content', asMedia('encrypted')],
  ['signature', asMedia('encrypted')],
]
