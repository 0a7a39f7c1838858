import { entryOf } from '../json/entry-of.ts'
import type { JsonNode } from '../json/json-node.ts'
import { scanJson } from '../json/scan-json.ts'
import type { Replacement } from '../json/splice-json.ts'

/** Keeps `sequence_number` of events (Responses API) without gaps and doubles when events are added. */
export class Sequence {
  #next: number | null = null

  /** What makes the number of an event the one that is its turn; `null` when it has none, or has that one. */
  renumber(source: string, root: JsonNode): Replacement | null {
    const node = root.kind === 'object' ? entryOf(root, 'sequence_number') : undefined
    const written = node?.kind === 'number' ? Number(source.slice(node.start, node.end)) : null
    if (!node || written === null || !Number.isSafeInteger(written)) return null
    const due: number = this.#next ?? written
    this.#next = due + 1
    return due === written ? null : { start: node.start, end: node.end, text: String(due) }
  }

  /** The event with the number that is its turn. */
  numbered(source: string): string {
    const change = this.renumber(source, scanJson(source, { loneSurrogates: 'allow' }))
    if (change === null) return source
    return source.slice(0, change.start) + change.text + source.slice(change.end)
  }
}
