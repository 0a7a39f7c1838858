import { rootPlace } from '../json/address.ts'
import type { JsonNode } from '../json/json-node.ts'
import type { ScanJsonOptions } from '../json/scan-json.ts'
import { scanJson } from '../json/scan-json.ts'
import type { Replacement } from '../json/splice-json.ts'
import { apiShapes } from './api-shapes.ts'
import { BodyText } from './body-text.ts'
import { extractAnswerMessages } from './extract-answer.ts'
import type { Leaf } from './extraction.ts'
import { Extraction } from './extraction.ts'
import { KeyNames } from './key-names.ts'
import { openJson } from './open-json.ts'
import type { ApiShape, Unscannable } from './segment.ts'
import type { Strand } from './strand.ts'
import type { Visit } from './walk.ts'

/** What a body is: a request, a plain or streamed answer, or messages of a library caller. */
export type BodyForm = 'request' | 'answer' | 'messages' | 'answer-messages'

export interface ExtractOptions {
  readonly form: BodyForm
  /** The API whose body it is; chat for messages of a library caller. */
  readonly shape?: ApiShape
  /** True when a policy may change the answer: its `logprobs` go (decision T4). */
  readonly dropLogprobs: boolean
}

/** A body, read: its texts, and the JSON text that comes out when they are edited. */
export interface ExtractedBody {
  readonly root: JsonNode
  readonly leaves: readonly Leaf[]
  readonly unscannable: readonly Unscannable[]
  /** Edits something that is no text of a policy. */
  replace(replacement: Replacement): void
  /** The JSON text with every edit in it. Call once, when all edits are made. */
  finish(): { readonly source: string; readonly changed: boolean }
}

/** What reads a body. Requests are checked first. */
function readerOf({ form, shape = 'chat.completions' }: ExtractOptions): Visit {
  const { checkRequest, readRequest, readAnswer } = apiShapes[shape]
  if (form === 'answer') return readAnswer
  if (form === 'answer-messages') return extractAnswerMessages
  return (walk, root) => {
    checkRequest(root)
    readRequest(walk, root)
  }
}

/**
 * Reads the JSON text of a body, or of an event of a stream.
 * @throws JsonSyntaxError for a text that is not acceptable JSON
 * @throws BodyShapeError for a request of the wrong shape
 */
export function extractBody(source: string, options: ExtractOptions): ExtractedBody {
  const { form } = options
  const visit = readerOf(options)
  const out = new Extraction({
    // What a request repeats of an answer's tokens, no policy can read.
    dropLogprobs: form === 'request' || (form === 'answer' && options.dropLogprobs),
  })
  const body = new BodyText(source)
  const isRequest = form === 'request' || form === 'messages'
  const root = scanJson(source, scanOptions[form])
  visit({ out, body, place: rootPlace, role: null, field: 'other' }, root)
  out.close(isRequest ? openJson : null)
  return {
    root,
    leaves: out.leaves,
    unscannable: out.unscannable,
    replace: (replacement) => body.replace(replacement),
    finish: () => finish(out, body),
  }
}

/**
 * What came over the wire may not hold a key twice: its reader takes one of the values, and a text that is put together
 * from both hides what stands in the one. A stream may cut a surrogate pair in two.
 */
const ours: ScanJsonOptions = { duplicateKeys: 'allow', loneSurrogates: 'allow' }
const scanOptions: Record<BodyForm, ScanJsonOptions> = {
  request: {},
  messages: ours,
  answer: { loneSurrogates: 'allow' },
  'answer-messages': ours,
}

function finish(out: Extraction, whole: BodyText) {
  const names = new KeyNames()
  for (const { strand, keyOf } of out.leaves)
    writeBack(strand, (text) => (keyOf === undefined ? text : names.free(keyOf, text)))
  for (const { strand, body } of out.opened.toReversed()) {
    strand.edit(body.replacements.toSorted((a, b) => a.start - b.start))
    writeBack(strand, (text) => text)
  }
  return { source: whole.finish(), changed: whole.changed }
}

function writeBack(strand: Strand, name: (text: string) => string): void {
  for (const { literal, text } of strand.changes()) {
    const { start, end } = literal.node
    literal.body.replace({ start, end, text: JSON.stringify(name(text)) })
  }
}
