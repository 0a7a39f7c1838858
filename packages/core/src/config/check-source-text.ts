import { Lexer } from 'yaml'
import type { ConfigIssue, Position } from './config.ts'
import type { ConfigSource } from './config-source.ts'
import { maxConfigBytes } from './config-source.ts'
import type { IssueText } from './issue-at.ts'
import { issueAt } from './issue-at.ts'

/** More tokens than any written file has; keeps the YAML parser, quadratic in places, under a quarter of a second. */
const maxTokens = 50_000
/** Deepest nesting of a configuration. */
export const maxDepth = 50

/**
 * Refuses a text before the YAML parser sees it: too large, not text, or built to exhaust the parser.
 * Linear in the text's length. Returns the first problem, or `null`.
 */
export function checkSourceText(source: ConfigSource): ConfigIssue | null {
  return checkSize(source) ?? checkCharacters(source) ?? checkTokens(source)
}

function checkSize({ text, file }: ConfigSource): ConfigIssue | null {
  // Each UTF-16 unit is at least one byte: a longer string need not be encoded to be refused.
  const bytes = text.length > maxConfigBytes ? text.length : new TextEncoder().encode(text).length
  if (bytes <= maxConfigBytes) return null
  return atStart(file, {
    code: 'E021',
    message: `The file has more than ${maxConfigBytes} bytes (1 MiB), the limit for a configuration`,
    suggestion:
      'Split it over several files and repeat --policy-config, or remove what is not configuration',
  })
}

/** Matches a byte order mark, control characters except tab and line ends, and lone surrogates; not U+0085 or letters of any script. */
const refusedCharacter =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  /\uFEFF|[\0-\x08\x0B\x0C\x0E-\x1F\x7F]|\p{Surrogate}/u

function checkCharacters({ text, file }: ConfigSource): ConfigIssue | null {
  const index = text.search(refusedCharacter)
  if (index === -1) return null
  const position = positionAt(text, index, file)
  if (text.charCodeAt(index) === 0xfeff)
    return issueAt('', position, {
      code: 'E010',
      message: 'Found a byte order mark (U+FEFF), expected plain UTF-8',
      suggestion: 'Save the file as "UTF-8 without BOM"',
    })
  const name = text.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0')
  return issueAt('', position, {
    code: 'E010',
    message: `Found the character U+${name}, which YAML does not allow`,
    suggestion: 'Remove it; inside double quotes write it as an escape, as in "\\t"',
  })
}

function checkTokens({ text, file }: ConfigSource): ConfigIssue | null {
  let tokens = 0
  let depth = 0
  let offset = 0
  for (const token of new Lexer().lex(text)) {
    tokens += 1
    depth += nesting[token] ?? 0
    const problem = limitPassed(tokens, depth, token)
    if (problem !== null) return issueAt('', positionAt(text, offset, file), problem)
    if (!markers.has(token)) offset += token.length
  }
  return null
}

const nesting: Readonly<Record<string, number>> = { '[': 1, '{': 1, ']': -1, '}': -1 }

/** Tokens for the start of a document, the start of a scalar and the end of brackets; they are not in the text. */
const markers = new Set(['\x02', '\x1F', '\x18'])

function limitPassed(tokens: number, depth: number, token: string): IssueText | null {
  if (tokens > maxTokens) return tooMany
  if (depth > maxDepth) return tooDeep
  return depth < 0 ? closesNothing(token) : null
}

const tooMany: IssueText = {
  code: 'E021',
  message: `The file has more than ${maxTokens} YAML tokens, the limit for a configuration`,
  suggestion: 'Remove what is not configuration',
}

/** Said by every check that meets it. */
export const tooDeep: IssueText = {
  code: 'E021',
  message: `Nested more than ${maxDepth} levels deep`,
  suggestion: 'No setting needs more than ten levels',
}

function closesNothing(token: string): IssueText {
  return {
    code: 'E010',
    message: `Found "${token}" that closes nothing`,
    suggestion: `Remove it, or put the text into quotes`,
  }
}

function atStart(file: string, text: IssueText): ConfigIssue {
  return issueAt('', { file, line: 1, column: 1 }, text)
}

/** Line and column (in UTF-16 units, 1-based) of an offset. */
function positionAt(text: string, offset: number, file: string): Position {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return { file, line, column: offset - before.lastIndexOf('\n') }
}
