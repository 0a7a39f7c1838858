import { atIndex, atKey, atSomeKey } from '../json/address.ts'
import { entryOf } from '../json/entry-of.ts'
import type { JsonEntry, JsonNode, JsonObject, JsonString } from '../json/json-node.ts'
import type { BodyText } from './body-text.ts'
import type { Extraction, TextContext, TextForm } from './extraction.ts'
import { isLongNumber } from './long-number.ts'
import type { SegmentField } from './segment.ts'

/** Where a walker is: the JSON text it reads, what it fills, and what it knows about the place. */
export interface Walk extends TextContext {
  readonly out: Extraction
  readonly body: BodyText
}

/** Reads one value of a body. */
export type Visit = (walk: Walk, node: JsonNode) => void

/** How the values under the known keys of an object are read. */
export type KeyTable = ReadonlyMap<string, Visit>

/** The walk at another place or for another purpose. */
export function walkAt(walk: Walk, change: Partial<TextContext>): Walk {
  const { place = walk.place, role = walk.role, field = walk.field } = change
  const { whole = walk.whole ?? false } = change
  return { out: walk.out, body: walk.body, place, role, field, whole }
}

/** Reads an object by a table; values that it does not name go to `other`, and their keys are identifiers. */
export function walkObject(
  walk: Walk,
  object: JsonObject,
  { table, other }: { table: KeyTable; other: Visit },
): void {
  for (const entry of object.entries) {
    const known = table.get(entry.key.value)
    if (known === undefined) walkUnknown(walk, entry, other)
    else known(walkAt(walk, { place: atKey(walk.place, entry.key.value) }), entry.value)
  }
}

function walkUnknown(walk: Walk, { key, value }: JsonEntry, visit: Visit): void {
  const place = atKey(walk.place, key.value)
  const keyContext = walkAt(walk, { place: atSomeKey(walk.place) })
  walk.out.identifier({ body: walk.body, node: key }, keyContext, true)
  visit(walkAt(walk, { place }), value)
}

/** Reads every item of an array with `visit`, or the value itself when it is none. */
export function walkItems(walk: Walk, node: JsonNode, visit: Visit): void {
  if (node.kind !== 'array') {
    visit(walk, node)
    return
  }
  for (const [index, item] of node.items.entries())
    visit(walkAt(walk, { place: atIndex(walk.place, index) }), item)
}

/** Reads items that say themselves which one they are, by `index`: an event of a stream holds only some of them. */
export function walkIndexed(walk: Walk, node: JsonNode, visit: Visit): void {
  if (node.kind !== 'array') {
    visit(walk, node)
    return
  }
  for (const [position, item] of node.items.entries()) {
    const index = item.kind === 'object' ? indexUnder(item, 'index', walk.body.source) : null
    visit(walkAt(walk, { place: atIndex(walk.place, index ?? position) }), item)
  }
}

/** The number of an item that stands under a key; `null` when there is none. */
export function indexUnder(object: JsonObject, key: string, source: string): number | null {
  const index = entryOf(object, key)
  if (index?.kind !== 'number') return null
  const value = Number(source.slice(index.start, index.end))
  return Number.isSafeInteger(value) && value >= 0 ? value : null
}

/** Text that may be edited, whatever its shape: every string in it is text, its keys are identifiers. */
export function asText(field?: SegmentField, form?: TextForm): Visit {
  return (walk, node) => {
    const inside = field === undefined ? walk : walkAt(walk, { field })
    if (node.kind === 'string') inside.out.text([{ body: walk.body, node }], inside, form)
    else walkTexts(inside, node)
  }
}

/** Text with keys that are text too: what a caller or a model made up as a whole (metadata, tool arguments). */
export function asData(field?: SegmentField): Visit {
  return (walk, node) => {
    const inside = field === undefined ? walk : walkAt(walk, { field })
    // Data that is no string is complete in its event: no later one may repeat its keys, which may be edited.
    walkData(node.kind === 'string' ? inside : walkAt(inside, { whole: true }), node)
  }
}

/** Every string in the value is an identifier. */
export const asIdentifier: Visit = (walk, node) => {
  if (node.kind === 'string') walk.out.identifier({ body: walk.body, node }, walk)
  else if (node.kind === 'array') walkItems(walk, node, asIdentifier)
  else if (node.kind === 'object')
    for (const entry of node.entries) walkUnknown(walk, entry, asIdentifier)
}

function walkTexts(walk: Walk, node: JsonNode): void {
  if (node.kind === 'string') walk.out.text([{ body: walk.body, node }], walk)
  else if (node.kind === 'number') walkNumber(walk, node)
  else if (node.kind === 'array') walkItems(walk, node, walkTexts)
  else if (node.kind === 'object')
    for (const entry of node.entries) walkUnknown(walk, entry, walkTexts)
}

/** A number that is long enough to be somebody's is a text too; edited, it becomes a string. */
function walkNumber(walk: Walk, { start, end }: JsonNode): void {
  const value = walk.body.source.slice(start, end)
  if (!isLongNumber(value)) return
  const node: JsonString = { kind: 'string', start, end, value }
  walk.out.text([{ body: walk.body, node }], { ...walk, whole: true })
}

function walkData(walk: Walk, node: JsonNode): void {
  if (node.kind === 'string') walk.out.text([{ body: walk.body, node }], walk, 'json-container')
  else if (node.kind === 'number') walkNumber(walk, node)
  else if (node.kind === 'array') walkItems(walk, node, walkData)
  else if (node.kind === 'object') {
    for (const { key, value } of node.entries) {
      const place = atKey(walk.place, key.value)
      const keyContext = walkAt(walk, { place: atSomeKey(walk.place) })
      walk.out.key({ body: walk.body, node: key }, keyContext, node)
      walkData(walkAt(walk, { place }), value)
    }
  }
}
