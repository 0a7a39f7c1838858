import type { Place } from '../json/address.ts'
import { atIndex, atKey, rootPlace } from '../json/address.ts'
import { entryOf, stringOf } from '../json/entry-of.ts'
import type { JsonObject } from '../json/json-node.ts'
import type { KeyTable, Visit, Walk } from './walk.ts'
import { asIdentifier, asText, indexUnder, walkAt, walkObject } from './walk.ts'
import { readAnnotation, walkOutputPart } from './walk-content.ts'
import { walkLogprobs } from './walk-logprobs.ts'
import { asPayload } from './walk-media.ts'
import { readArguments } from './walk-message.ts'
import {
  readBegunItem,
  readError,
  readOutputItem,
  walkBegunResponse,
  walkResponse,
} from './walk-response.ts'

/** Reads an answer of the Responses API, or an event of its stream: only events say their type. */
export const extractResponse: Visit = (walk, root) => {
  if (root.kind === 'object' && entryOf(root, 'type') !== undefined) walkEvent(walk, root)
  else walkResponse(walk, root)
}

/**
 * Reads an event. A piece of a text gets the address that the text has in the whole answer; a text that the event holds
 * whole gets it too and is `whole`. What an event begins with is the first piece. Everything in an event that nobody
 * knows is text, and whole unless the event says that it is a piece.
 */
function walkEvent(walk: Walk, event: JsonObject): void {
  const inside = walkAt(walk, { role: 'assistant', field: 'content', whole: true })
  const output = outputPlace(event, walk.body.source)
  const part = partPlace(output, event, walk.body.source)
  const at =
    (place: Place, visit: Visit): Visit =>
    (own, node) =>
      visit(walkAt(own, { place }), node)
  const type = stringOf(event, 'type') ?? ''
  const begins = type.endsWith('.added')
  const table: KeyTable = new Map<string, Visit>([
    ...eventKeys,
    ['response', at(rootPlace, snapshots.has(type) ? walkBegunResponse : walkResponse)],
    ['item', at(output, begins ? readBegunItem : readOutputItem)],
    ['part', at(part, begins ? readBegunPart : walkOutputPart)],
    ['annotation', at(annotationPlace(part, event, walk.body.source), readAnnotation)],
    ...growingKeys(event, { output, part }),
  ])
  walkObject(inside, event, { table, other: asText('other') })
}

/** Events that show the response before its texts. */
const snapshots = new Set(['response.created', 'response.in_progress', 'response.queued'])

const readBegunPart: Visit = (walk, node) => walkOutputPart(walkAt(walk, { whole: false }), node)

/** An event without `output_index`, as agents of MLflow send them, names its item by id. */
export function outputPlace(event: JsonObject, source: string): Place {
  const output = atKey(rootPlace, 'output')
  const index = indexUnder(event, 'output_index', source)
  if (index !== null) return atIndex(output, index)
  const item = entryOf(event, 'item')
  const id = stringOf(event, 'item_id') ?? (item?.kind === 'object' ? stringOf(item, 'id') : null)
  return id === null ? atIndex(output, 0) : atKey(output, id)
}

function partPlace(output: Place, event: JsonObject, source: string): Place {
  const summary = indexUnder(event, 'summary_index', source)
  if (summary !== null) return atIndex(atKey(output, 'summary'), summary)
  return atIndex(atKey(output, 'content'), indexUnder(event, 'content_index', source) ?? 0)
}

function annotationPlace(part: Place, event: JsonObject, source: string): Place {
  return atIndex(atKey(part, 'annotations'), indexUnder(event, 'annotation_index', source) ?? 0)
}

/** A text that comes in pieces: in what it stands, under which key there and in the event that ends it, how it is read. */
interface GrowingText {
  readonly in: 'item' | 'part'
  readonly key: string
  readonly visit: Visit
}

const growingTexts: ReadonlyMap<string, GrowingText> = new Map<string, GrowingText>([
  ['response.output_text', { in: 'part', key: 'text', visit: asText('content') }],
  ['response.refusal', { in: 'part', key: 'refusal', visit: asText('refusal') }],
  ['response.reasoning_text', { in: 'part', key: 'text', visit: asText('reasoning') }],
  ['response.reasoning_summary_text', { in: 'part', key: 'text', visit: asText('reasoning') }],
  ['response.function_call_arguments', { in: 'item', key: 'arguments', visit: readArguments }],
  ['response.mcp_call_arguments', { in: 'item', key: 'arguments', visit: readArguments }],
  ['response.custom_tool_call_input', { in: 'item', key: 'input', visit: readArguments }],
  [
    'response.code_interpreter_call_code',
    { in: 'item', key: 'code', visit: asText('tool_arguments') },
  ],
  ['response.audio.transcript', { in: 'part', key: 'transcript', visit: asText('content') }],
  ['response.audio', { in: 'part', key: 'data', visit: asPayload('audio') }],
])

interface Places {
  readonly output: Place
  readonly part: Place
}

/** How `delta` is read, or the text that repeats all of them. */
function growingKeys(event: JsonObject, { output, part }: Places): [string, Visit][] {
  const [, stem = '', step] = /^(.+)\.(delta|done)$/.exec(stringOf(event, 'type') ?? '') ?? []
  const text = growingTexts.get(stem)
  if (text === undefined) return step === undefined ? [] : unknownKeys(event, { stem, step, part })
  const place = atKey(text.in === 'part' ? part : output, text.key)
  const whole = step === 'done'
  const visit: Visit = (walk, node) => text.visit(walkAt(walk, { place, whole }), node)
  return [[whole ? text.key : 'delta', visit]]
}

interface UnknownEvent {
  readonly stem: string
  readonly step: string
  readonly part: Place
}

/** Clients join the pieces of a kind that we do not know, too. */
function unknownKeys(event: JsonObject, { stem, step, part }: UnknownEvent): [string, Visit][] {
  const whole = step === 'done'
  const key = whole ? 'text' : 'delta'
  const isNamed = ['item_id', 'output_index'].some((name) => entryOf(event, name) !== undefined)
  // Without a name, the pieces that follow may be those of another text.
  if (stringOf(event, key) === null || (whole && !isNamed)) return []
  const channel = `${part.channel}.${JSON.stringify(stem)}`
  const place = { address: key, channel }
  return [[key, (walk, node) => asText('other')(walkAt(walk, { place, whole }), node)]]
}

/** `obfuscation` is noise that hides the length of a piece. */
const identifierKeys = [
  ...['type', 'sequence_number', 'item_id', 'output_index', 'content_index', 'summary_index'],
  ...['annotation_index', 'response_id', 'name', 'obfuscation', 'code', 'param', 'status'],
]

const eventKeys: readonly (readonly [string, Visit])[] = [
  ...identifierKeys.map((key) => [key, asIdentifier] as const),
  ['error', readError],
  ['logprobs', walkLogprobs],
  ['partial_image_b64', asPayload('image')],
]
