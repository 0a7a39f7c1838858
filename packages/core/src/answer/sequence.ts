import { entryOf } from '../json/entry-of.ts'
import type { JsonNode } from '../json/json-node.ts'
import { scanJson } from '../json/scan-json.ts'

/** Keeps `sequence_number` of events (Responses API) without gaps and doubles when events are added. */
export class Sequence {
  #next: number | null = null

  /** The event with the number that is its turn; itself when it has none, or has that one. */
  number(source: string): string {
    if (!source.includes('"sequence_number"')) return source
    const root = scanJson(source, { duplicateKeys: 'allow', loneSurrogates: 'allow' })
    const node = numberIn(root)
    if (node === undefined) return source
    const written = Number(source.slice(node.start, node.end))
    if (!Number.isSafeInteger(written)) return source
    const due: number = this.#next ?? written
    this.#next = due + 1
    if (due === written) return source
    return source.slice(0, node.start) + String(due) + source.slice(node.end)
  }
}

function numberIn(root: JsonNode): JsonNode | undefined {
  const node = root.kind === 'object' ? entryOf(root, 'sequence_number') : undefined
  return node?.kind === 'number' ? node : undefined
}
