import { checkTest } from '../config/check-testing.ts'
import type { ConfigIssue, LocatedTest, Position } from '../config/config.ts'
import type { ConfigNode, NodePlace } from '../config/config-node.ts'
import { childPath } from '../config/config-node.ts'
import type { ConfigSource } from '../config/config-source.ts'
import { issueAt } from '../config/issue-at.ts'
import { sortIssues } from '../config/sort-issues.ts'
import type { PolicyTest } from '../config/testing-schema.ts'
import { policyTest } from '../config/testing-schema.ts'
import { validateNode } from '../config/validate-node.ts'
import type { JsonNode } from '../json/json-node.ts'
import { JsonSyntaxError } from '../json/json-syntax-error.ts'
import { scanJson } from '../json/scan-json.ts'

/** A test that was read; `null` when an issue is an error. */
export interface ParsedTest {
  readonly test: LocatedTest | null
  readonly issues: readonly ConfigIssue[]
}

/** Reads the text of a golden test, one JSON object, as it stands in a file of the folder `tests`. Every problem at once, with its place. */
export function parsePolicyTest({ text, file }: ConfigSource): ParsedTest {
  const lines = lineStarts(text)
  const place = (offset: number) => positionOf(lines, { file, offset })
  let node: ConfigNode
  try {
    const root = scanJson(text, { protoKeys: 'reject' })
    const start = place(root.start)
    node = toNode(root, { path: '', at: start, keyAt: start }, { text, place })
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error
    return { test: null, issues: [notJson(error, place(error.offset))] }
  }
  const { values, issues } = validateNode(node, policyTest)
  if (issues.length > 0) return { test: null, issues: sortIssues(issues, [file]) }
  // Read only after the schema has accepted it.
  const test = values as PolicyTest
  const problems = sortIssues(checkTest(node, test), [file])
  const refused = problems.some(({ severity }) => severity === 'error')
  return {
    test: refused ? null : { suite: null, test, position: node.at },
    issues: problems,
  }
}

function notJson(error: JsonSyntaxError, position: Position): ConfigIssue {
  return issueAt(error.path, position, {
    code: error.code === 'duplicate_key' ? 'E016' : 'E010',
    message: error.message,
    suggestion: 'A test is one JSON object: {"name": …, "input": …, "expected": …}',
  })
}

interface Source {
  readonly text: string
  readonly place: (offset: number) => Position
}

/** The JSON as a node of a configuration, so that problems are described like those of one. Depth is bounded by the scanner. */
function toNode(json: JsonNode, place: NodePlace, source: Source): ConfigNode {
  if (json.kind === 'object') {
    const entries = json.entries.map(({ key, value }) => {
      const path = childPath(place.path, key.value)
      const below = { path, at: source.place(value.start), keyAt: source.place(key.start) }
      return [key.value, toNode(value, below, source)] as const
    })
    return { kind: 'map', ...place, entries: new Map(entries) }
  }
  if (json.kind === 'array') {
    const items = json.items.map((item, index) => {
      const at = source.place(item.start)
      return toNode(item, { path: `${place.path}[${index}]`, at, keyAt: at }, source)
    })
    return { kind: 'list', ...place, items }
  }
  const written = source.text.slice(json.start, json.end)
  const value = json.kind === 'string' ? json.value : JSON.parse(written)
  return { kind: 'scalar', ...place, value, source: written }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function positionOf(
  starts: readonly number[],
  { file, offset }: { readonly file: string; readonly offset: number },
): Position {
  const next = starts.findIndex((start) => start > offset)
  const line = next === -1 ? starts.length : next
  return { file, line, column: offset - (starts[line - 1] ?? 0) + 1 }
}
