import { rootPlace } from '../json/address.ts'
import type { JsonNode } from '../json/json-node.ts'
import type { ScanJsonOptions } from '../json/scan-json.ts'
import { scanJson } from '../json/scan-json.ts'
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

/** A body, read: its texts, and the JSON texts that come out when they are edited. */
export interface ExtractedBody {
  /** The JSON texts as they were read. */
  readonly roots: readonly JsonNode[]
  readonly leaves: readonly Leaf[]
  readonly unscannable: readonly Unscannable[]
  /** The JSON texts with every edit in them. Call once, when all edits are made. */
  finish(): { readonly sources: readonly string[]; readonly changed: boolean }
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
 * Reads the JSON texts of a body: one, or the events of a stream.
 * @throws JsonSyntaxError for a text that is not acceptable JSON
 * @throws BodyShapeError for a request of the wrong shape
 */
export function extractBody(sources: readonly string[], options: ExtractOptions): ExtractedBody {
  const { form } = options
  const visit = readerOf(options)
  const out = new Extraction({
    // What a request repeats of an answer's tokens, no policy can read.
    dropLogprobs: form === 'request' || (form === 'answer' && options.dropLogprobs),
  })
  const bodies = sources.map((source) => new BodyText(source))
  const isRequest = form === 'request' || form === 'messages'
  const roots = bodies.map((body) => {
    const root = scanJson(body.source, scanOptions[form])
    visit({ out, body, place: rootPlace, role: null, field: 'other' }, root)
    return root
  })
  out.close(isRequest ? openJson : null)
  return {
    roots,
    leaves: out.leaves,
    unscannable: out.unscannable,
    finish: () => finish(out, bodies),
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

function finish(out: Extraction, bodies: readonly BodyText[]) {
  const names = new KeyNames()
  for (const { strand, keyOf } of out.leaves)
    writeBack(strand, (text) => (keyOf === undefined ? text : names.free(keyOf, text)))
  for (const { strand, body } of out.opened.toReversed()) {
    strand.edit(body.replacements.toSorted((a, b) => a.start - b.start))
    writeBack(strand, (text) => text)
  }
  return {
    sources: bodies.map((body) => body.finish()),
    changed: bodies.some((body) => body.changed),
  }
}

function writeBack(strand: Strand, name: (text: string) => string): void {
  for (const { literal, text } of strand.changes()) {
    const { start, end } = literal.node
    literal.body.replace({ start, end, text: JSON.stringify(name(text)) })
  }
}
