import type { Document } from 'yaml'
import { LineCounter, parseDocument } from 'yaml'
import { checkSourceText } from './check-source-text.ts'
import type { ConfigIssue, Position } from './config.ts'
import type { ConfigSource } from './config-source.ts'
import type { IssueText } from './issue-at.ts'
import { issueAt } from './issue-at.ts'
import { toConfigNode } from './to-config-node.ts'
import type { YamlFile } from './yaml-file.ts'
import { yamlProblem } from './yaml-problem.ts'

/** Enough to work on; a file that breaks early often breaks on every line after. */
const maxYamlIssues = 20

/**
 * Reads one file as strict YAML 1.2: warnings are errors, no tags beyond the core schema, no merge keys, duplicate
 * keys refused. Takes bounded time for any text.
 */
export function readYaml(source: ConfigSource): YamlFile {
  const refused = checkSourceText(source)
  if (refused !== null) return { root: null, issues: [refused] }
  const lines = new LineCounter()
  const place = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { file: source.file, line: Math.max(1, line), column: Math.max(1, col) }
  }
  const document = parseYaml(source.text, lines)
  const problems = document === null ? [nestedTooDeep(place)] : findProblems(document, place)
  if (document === null || problems.length > 0) return { root: null, issues: problems }
  if (document.contents === null) return { root: null, issues: [empty(place(0))] }
  return toConfigNode(document.contents, { text: source.text, place })
}

function parseYaml(text: string, lineCounter: LineCounter): Document.Parsed | null {
  try {
    return parseDocument(text, {
      lineCounter,
      version: '1.2',
      schema: 'core',
      merge: false,
      resolveKnownTags: false,
      // Checked by toConfigNode: the parser's own check takes quadratic time.
      uniqueKeys: false,
      prettyErrors: false,
      // With 'silent' a second document would be dropped without an error.
      logLevel: 'error',
    })
  } catch (error) {
    // The parser recurses per level and has no limit of its own.
    if (error instanceof RangeError) return null
    throw error
  }
}

function findProblems(
  document: Document.Parsed,
  place: (offset: number) => Position,
): readonly ConfigIssue[] {
  const issues = new Map<number, ConfigIssue>()
  for (const error of [...document.errors, ...document.warnings]) {
    const position = place(error.pos[0])
    // The first error of a line causes the others.
    if (issues.size < maxYamlIssues && !issues.has(position.line)) {
      issues.set(position.line, issueAt('', position, yamlProblem(error)))
    }
  }
  if (document.directives.yaml.version !== '1.2') issues.set(0, issueAt('', place(0), otherVersion))
  return [...issues.values()]
}

function nestedTooDeep(place: (offset: number) => Position): ConfigIssue {
  return issueAt('', place(0), {
    code: 'E021',
    message: 'Nested too deep for the YAML parser',
    suggestion: 'No setting needs more than ten levels',
  })
}

function empty(position: Position): ConfigIssue {
  return issueAt('', position, {
    code: 'E015',
    message: 'The file is empty, expected at least pack and policies',
    suggestion: 'Start from docs/examples/mlflow/policy-config.yaml',
  })
}

const otherVersion: IssueText = {
  code: 'E010',
  message: 'Found a %YAML directive for another version, expected YAML 1.2',
  suggestion: 'Remove the directive',
}
