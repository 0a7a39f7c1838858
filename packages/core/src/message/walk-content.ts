import type { Place } from '../json/address.ts'
import { atIndex, atKey } from '../json/address.ts'
import { entryOf, stringOf } from '../json/entry-of.ts'
import type { JsonArray, JsonNode, JsonObject, JsonString } from '../json/json-node.ts'
import type { SegmentField } from './segment.ts'
import type { Literal } from './strand.ts'
import type { KeyTable, Visit, Walk } from './walk.ts'
import { asData, asIdentifier, asText, indexUnder, walkAt, walkItems, walkObject } from './walk.ts'
import { walkLogprobs } from './walk-logprobs.ts'
import { asPayload, unscannableKeys } from './walk-media.ts'

/** Reads the content of a message: a string, or parts, whose adjacent texts are one text (decision T2). */
export const walkContent: Visit = (walk, node) => {
  if (node.kind === 'array') walkParts(walk, node)
  else asText(undefined, formOf(walk))(walk, node)
}

/**
 * Reads the content of an item in an event that begins it: every part is a text of its own, because the events that
 * follow name the parts one by one.
 */
export const walkGrowingContent: Visit = (walk, node) => walkItems(walk, node, walkOutputPart)

/** Reads the content of a complete item: clients join its adjacent texts, which stand where the first of them does. */
export const walkOutputContent: Visit = (walk, node) => {
  if (node.kind !== 'array') return walkOutputPart(walk, node)
  for (const run of runsIn(walk, node))
    walk.out.text(run.literals, walkAt(walk, { place: textPlace(walk, run) }), formOf(walk))
}

/** One of these parts. */
export const walkOutputPart: Visit = (walk, node) => {
  if (node.kind === 'object') walkPart(walk, node, null)
  else asText(undefined, formOf(walk))(walk, node)
}

/** Tools answer in JSON as often as in prose. */
function formOf(walk: Walk): 'json-container' | 'plain' {
  return walk.field === 'tool_result' ? 'json-container' : 'plain'
}

/** Adjacent texts of a content. */
interface Run {
  readonly first: number
  readonly literals: Literal[]
}

/** Whatever stands between the texts of a content, a client that joins its pieces joins all of them: one channel. */
function walkParts(walk: Walk, parts: JsonArray): void {
  const runs = runsIn(walk, parts)
  for (const run of runs) {
    const { address } = runs.length === 1 ? walk.place : textPlace(walk, run)
    const place = { address, channel: walk.place.channel }
    walk.out.text(run.literals, walkAt(walk, { place }), formOf(walk))
  }
}

function textPlace({ place }: Walk, { first }: Run): Place {
  return atKey(atIndex(place, first), 'text')
}

/** Reads what is in the parts besides their texts, and gives those. */
function runsIn(walk: Walk, parts: JsonArray): readonly Run[] {
  const runs: Run[] = []
  let open: Run | null = null
  for (const [index, part] of parts.items.entries()) {
    const text = textOf(part)
    if (text === null) open = null
    else if (open === null) {
      open = { first: index, literals: [literalOf(walk, text)] }
      runs.push(open)
    } else open.literals.push(literalOf(walk, text))
    const inside = walkAt(walk, { place: placeOf(walk, part, index) })
    if (part.kind === 'object') walkPart(inside, part, text)
    else if (part.kind === 'array') walkParts(inside, part)
  }
  return runs
}

/** Parts of a stream may say which one they are: clients join those that say the same. */
function placeOf({ place, body }: Walk, part: JsonNode, position: number): Place {
  const index = part.kind === 'object' ? indexUnder(part, 'index', body.source) : null
  const { address } = atIndex(place, position)
  return { address, channel: atIndex(place, index ?? position).channel }
}

function literalOf(walk: Walk, node: JsonString): Literal {
  return { body: walk.body, node }
}

const textTypes = new Set(['text', 'input_text', 'output_text'])

/** The text of a text part; a part without a type, or a bare string, counts as one. */
function textOf(part: JsonNode): JsonString | null {
  if (part.kind === 'string') return part
  if (part.kind !== 'object' || !textTypes.has(stringOf(part, 'type') ?? 'text')) return null
  const text = entryOf(part, 'text')
  return text?.kind === 'string' ? text : null
}

const fieldsByType: ReadonlyMap<string, SegmentField> = new Map<string, SegmentField>([
  ['document', 'document'],
  ['file', 'document'],
  ['input_file', 'document'],
  ['search_result', 'document'],
  ['tool_result', 'tool_result'],
  ['tool_use', 'tool_arguments'],
  ['reasoning', 'reasoning'],
  ['thinking', 'reasoning'],
  ['summary_text', 'reasoning'],
  ['reasoning_text', 'reasoning'],
  ['refusal', 'refusal'],
])

/** Reads what is in a part besides the text that is read already. */
function walkPart(walk: Walk, part: JsonObject, taken: JsonString | null): void {
  const field = fieldsByType.get(stringOf(part, 'type') ?? '') ?? walk.field
  const other: Visit = (inside, node) => {
    if (node !== taken) walkInPart(inside, node)
  }
  walkObject(walkAt(walk, { field }), part, { table: partKeys, other })
}

/** Parts hold parts: a document its source, a tool result its content. */
export const walkInPart: Visit = (walk, node) => {
  if (node.kind === 'object') walkObject(walk, node, { table: partKeys, other: walkInPart })
  else if (node.kind === 'array') walkParts(walk, node)
  else asText()(walk, node)
}

/** What a text refers to: files and pages, by ids and by texts. */
function readAnnotations(walk: Walk, node: JsonNode): void {
  walkItems(walk, node, readAnnotation)
}

/** One of them. */
export const readAnnotation: Visit = (walk, node) => {
  if (node.kind === 'object')
    walkObject(walk, node, { table: annotationKeys, other: asText('other') })
  else asText('other')(walk, node)
}

const annotationKeys: KeyTable = new Map<string, Visit>(
  ['type', 'file_id', 'container_id'].map((key) => [key, asIdentifier] as const),
)

const partKeys: KeyTable = new Map<string, Visit>([
  ...unscannableKeys,
  ['type', asIdentifier],
  ['id', asIdentifier],
  ['name', asIdentifier],
  ['tool_use_id', asIdentifier],
  ['call_id', asIdentifier],
  ['media_type', asIdentifier],
  ['mime_type', asIdentifier],
  ['cache_control', asIdentifier],
  ['data', asPayload('file')],
  ['input', asData('tool_arguments')],
  ['annotations', readAnnotations],
  ['logprobs', walkLogprobs],
  ...['content', 'source', 'summary', 'title', 'context', 'citations', 'thinking'].map(
    (key) => [key, walkInPart] as const,
  ),
])
