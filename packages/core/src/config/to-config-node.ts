import type { Node, ParsedNode, YAMLMap, YAMLSeq } from 'yaml'
import { isAlias, isMap, isScalar, isSeq } from 'yaml'
import { maxDepth, tooDeep } from './check-source-text.ts'
import type { ConfigIssue, Position } from './config.ts'
import type { ConfigNode, NodePlace, ScalarValue } from './config-node.ts'
import { childPath } from './config-node.ts'
import type { IssueText } from './issue-at.ts'
import { issueAt } from './issue-at.ts'
import type { YamlFile } from './yaml-file.ts'

interface Origin {
  readonly text: string
  readonly place: (offset: number) => Position
}

/** What is known on the way through one document. */
interface Walk extends Origin {
  readonly issues: ConfigIssue[]
  readonly anchors: Map<string, Node>
  /** Values made so far; aliases are copied out, so this bounds an alias bomb. */
  nodes: number
  aliases: number
}

/** Where a value goes. */
interface Spot {
  readonly place: NodePlace
  readonly depth: number
}

const maxNodes = 50_000
const maxAliases = 100

/** Turns the parser's nodes into ours: aliases copied out, duplicate and dangerous keys reported, depth and size bounded. */
export function toConfigNode(contents: ParsedNode, origin: Origin): YamlFile {
  const walk: Walk = { ...origin, issues: [], anchors: new Map(), nodes: 0, aliases: 0 }
  const at = origin.place(contents.range[0])
  try {
    const root = convert(contents, { place: { path: '', at, keyAt: at }, depth: 1 }, walk)
    return { root, issues: walk.issues }
  } catch (error) {
    if (error instanceof Refused) return { root: null, issues: [...walk.issues, error.issue] }
    throw error
  }
}

/** Ends the walk at the first sign of a bomb. */
class Refused extends Error {
  readonly issue: ConfigIssue
  constructor(place: NodePlace, text: IssueText) {
    super(text.message)
    this.issue = issueAt(place.path, place.at, text)
  }
}

function convert(node: Node | null, { place, depth }: Spot, walk: Walk): ConfigNode {
  if (depth > maxDepth) throw new Refused(place, tooDeep)
  if (++walk.nodes > maxNodes) throw new Refused(place, tooMany)
  if (isAlias(node)) {
    return convert(resolve(node.source, place, walk), { place, depth: depth + 1 }, walk)
  }
  if (node !== null && 'anchor' in node && typeof node.anchor === 'string') {
    walk.anchors.set(node.anchor, node)
  }
  if (isMap(node)) return convertMap(node, { place, depth }, walk)
  if (isSeq(node)) return convertList(node, { place, depth }, walk)
  return convertScalar(node, place, walk)
}

function resolve(name: string, place: NodePlace, walk: Walk): Node {
  if (++walk.aliases > maxAliases) throw new Refused(place, tooManyAliases)
  const node = walk.anchors.get(name)
  if (node === undefined) throw new Refused(place, unknownAlias)
  return node
}

function convertMap(map: YAMLMap, { place, depth }: Spot, walk: Walk): ConfigNode {
  const entries = new Map<string, ConfigNode>()
  for (const pair of map.items) {
    const keyAt = startOf(pair.key, place.at, walk)
    const key = keyText(pair.key)
    if (key === null) {
      walk.issues.push(issueAt(place.path, keyAt, notAKey))
      continue
    }
    const path = childPath(place.path, key)
    const first = entries.get(key)
    if (dangerous.has(key)) walk.issues.push(issueAt(path, keyAt, dangerousKey(key)))
    else if (first !== undefined) walk.issues.push(issueAt(path, keyAt, duplicate(key, first)))
    else {
      const at = startOf(pair.value, keyAt, walk)
      const spot = { place: { path, at, keyAt }, depth: depth + 1 }
      entries.set(key, convert(pair.value as Node | null, spot, walk))
    }
  }
  return { ...place, kind: 'map', entries }
}

function convertList(list: YAMLSeq, { place, depth }: Spot, walk: Walk): ConfigNode {
  const items = list.items.map((item, index) => {
    const at = startOf(item, place.at, walk)
    const spot = { place: { path: `${place.path}[${index}]`, at, keyAt: at }, depth: depth + 1 }
    return convert(item as Node | null, spot, walk)
  })
  return { ...place, kind: 'list', items }
}

function convertScalar(node: Node | null, place: NodePlace, walk: Walk): ConfigNode {
  const value = isScalar(node) ? (node.value as ScalarValue) : null
  const [start, end] = node?.range ?? [0, 0]
  return { ...place, kind: 'scalar', value, source: walk.text.slice(start, end) }
}

function startOf(node: unknown, otherwise: Position, walk: Walk): Position {
  const range = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range : null
  return range ? walk.place(range[0]) : otherwise
}

/** A number or a boolean as a key is the text that was written. */
function keyText(key: unknown): string | null {
  if (!isScalar(key) || key.value === null) return null
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value))
}

/** Keys that mean something else to JavaScript objects (G11). */
const dangerous = new Set(['__proto__', 'constructor', 'prototype'])

function dangerousKey(key: string): IssueText {
  return {
    code: 'E021',
    message: `The key "${key}" is never allowed: it could change the program that reads the file`,
    suggestion: 'Remove it',
  }
}

function duplicate(key: string, first: ConfigNode): IssueText {
  return {
    code: 'E016',
    message: `The key ${JSON.stringify(key)} is already there in line ${first.keyAt.line}, expected each key once`,
    suggestion: 'Remove one of the two, or merge their contents',
  }
}

const notAKey: IssueText = {
  code: 'E010',
  message: 'Found a mapping, a list or nothing where a key is expected',
  suggestion: 'Keys are plain words; put a text that starts with { [ or * into quotes',
}

const tooMany: IssueText = {
  code: 'E021',
  message: `The file has more than ${maxNodes} values once its aliases are written out`,
  suggestion: 'Write the values without aliases',
}

const tooManyAliases: IssueText = {
  code: 'E021',
  message: `The file uses more than ${maxAliases} aliases (*name)`,
  suggestion: 'Write the values out',
}

const unknownAlias: IssueText = {
  code: 'E010',
  message: 'An alias (*name) without an anchor (&name) before it',
  suggestion: 'Put the text into quotes when it only starts with an asterisk',
}
