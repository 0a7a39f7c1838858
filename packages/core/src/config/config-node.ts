import type { Position } from './config.ts'

/** A value of a configuration file that remembers where it was written. Nodes are never changed, only replaced. */
export type ConfigNode = MapNode | ListNode | ScalarNode

/** Where a node stands. */
export interface NodePlace {
  /** As users write it, `policy.pii-detector.entities[2]`; empty for the document. */
  readonly path: string
  readonly at: Position
  /** Of the key before the value; the same as `at` for list items. */
  readonly keyAt: Position
}

export interface MapNode extends NodePlace {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, ConfigNode>
}

export interface ListNode extends NodePlace {
  readonly kind: 'list'
  readonly items: readonly ConfigNode[]
}

export interface ScalarNode extends NodePlace {
  readonly kind: 'scalar'
  readonly value: ScalarValue
  /** The value as it stands in the file, quotes included. */
  readonly source: string
}

export type ScalarValue = string | number | boolean | null

/** The path of a key under a path; a key that would be misread is quoted. */
export function childPath(parent: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${parent}[${JSON.stringify(key)}]`
  return parent === '' ? key : `${parent}.${key}`
}

/** The node as a plain value: objects, arrays and scalars. */
export function toPlain(node: ConfigNode): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(toPlain)
  return Object.fromEntries([...node.entries].map(([key, value]) => [key, toPlain(value)]))
}

/** The node at keys and list indexes, or `null`. */
export function nodeAt(root: ConfigNode, steps: readonly string[]): ConfigNode | null {
  let node: ConfigNode | undefined = root
  for (const step of steps) {
    if (node === undefined || node.kind === 'scalar') return null
    node = node.kind === 'map' ? node.entries.get(step) : node.items[Number(step)]
  }
  return node ?? null
}

/** The deepest node that exists on the way to `steps`. */
export function nearestNode(root: ConfigNode, steps: readonly string[]): ConfigNode {
  for (let length = steps.length; length > 0; length--) {
    const node = nodeAt(root, steps.slice(0, length))
    if (node !== null) return node
  }
  return root
}

/** The map with one entry set. */
export function withEntry(map: MapNode, key: string, value: ConfigNode): MapNode {
  return { ...map, entries: new Map(map.entries).set(key, value) }
}

/** The map without some entries. */
export function withoutEntries(map: MapNode, keys: readonly string[]): MapNode {
  return { ...map, entries: new Map([...map.entries].filter(([key]) => !keys.includes(key))) }
}

/** An empty map in the place of a node. */
export function emptyMap(place: NodePlace): MapNode {
  return { kind: 'map', path: place.path, at: place.at, keyAt: place.keyAt, entries: new Map() }
}

/** The map under a key, or `null` when there is none. */
export function mapAt(root: ConfigNode, ...steps: readonly string[]): MapNode | null {
  const node = nodeAt(root, steps)
  return node?.kind === 'map' ? node : null
}

/** The text of a scalar under a key, or `null` when it is something else. */
export function textAt(root: ConfigNode, ...steps: readonly string[]): string | null {
  const node = nodeAt(root, steps)
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : null
}
