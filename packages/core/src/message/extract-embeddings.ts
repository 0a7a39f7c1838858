import type { JsonNode } from '../json/json-node.ts'
import type { KeyTable, Visit, Walk } from './walk.ts'
import { asIdentifier, asText, walkItems, walkObject } from './walk.ts'

/** Reads an answer of the embeddings API: it holds vectors, which are never read or edited (decision T4), and names. */
export const extractEmbeddings: Visit = (walk, root) => {
  if (root.kind === 'object') walkObject(walk, root, { table: answerKeys, other: asText('other') })
  else asText('other')(walk, root)
}

const readEntry: Visit = (walk, node) => {
  if (node.kind === 'object') walkObject(walk, node, { table: entryKeys, other: asText('other') })
  else asText('other')(walk, node)
}

/** A vector is numbers, or base64 of four-byte floats; anything else in its place may be a text. */
const readVector: Visit = (walk, node) => {
  if (node.kind !== 'string' || !isFloats(node.value)) asText('other')(walk, node)
}

function isFloats(text: string): boolean {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return false
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  return ((text.length / 4) * 3 - padding) % 4 === 0
}

function readData(walk: Walk, node: JsonNode): void {
  walkItems(walk, node, readEntry)
}

const entryKeys: KeyTable = new Map<string, Visit>([
  ['object', asIdentifier],
  ['index', asIdentifier],
  ['embedding', readVector],
])

const answerKeys: KeyTable = new Map<string, Visit>([
  ...['object', 'model', 'usage', 'id'].map((key) => [key, asIdentifier] as const),
  ['data', readData],
])
