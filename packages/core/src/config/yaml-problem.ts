import type { YAMLError } from 'yaml'
import type { IssueText } from './issue-at.ts'

/** What an error of the YAML parser means for somebody who wrote a configuration. Never quotes the file: it may hold a secret. */
export function yamlProblem(error: YAMLError): IssueText {
  const special = specialCases.find(([part]) => error.message.includes(part))
  if (special !== undefined) return { code: 'E010', message: special[1], suggestion: special[2] }
  const known = Object.hasOwn(problems, error.code) ? problems[error.code] : undefined
  const [message, suggestion] = known ?? [
    'Not valid YAML here',
    'Compare with a valid file, line by line',
  ]
  return { code: 'E010', message, suggestion }
}

const quote = 'Put the text into quotes'

/** Cases that share a code, told apart by a part of the parser's own message. */
const specialCases: readonly (readonly [part: string, message: string, suggestion: string])[] = [
  [
    'quote',
    'A quote that was opened before is never closed',
    'Close it on the line where the text ends',
  ],
  [
    'must be sufficiently indented',
    'A bracket that was opened before is not closed by its counterpart',
    'Close [ with ] and { with }',
  ],
]

const problems: Readonly<Record<string, readonly [message: string, suggestion: string]>> = {
  TAB_AS_INDENT: ['Found a tab where indentation is expected', 'Indent with spaces'],
  BAD_INDENT: [
    'The indentation fits no level above',
    'Keys of one mapping start in the same column',
  ],
  MULTIPLE_DOCS: [
    'Found a second document (a line with ---), expected one',
    'Remove the line, or put the second document into its own file and repeat --policy-config',
  ],
  MISSING_CHAR: [
    'A character is missing here: a colon, a comma, a closing bracket or a closing quote',
    'Every opening bracket and quote needs its closing one; a key is followed by ": "',
  ],
  UNEXPECTED_TOKEN: ['Found something that does not belong here', quote],
  BLOCK_AS_IMPLICIT_KEY: [
    'Found a nested mapping where a text is expected, as in "a: b: c"',
    `${quote} when it holds ": "`,
  ],
  BLOCK_IN_FLOW: [
    'Found indented YAML inside [ ] or { }',
    'Inside brackets write lists and mappings with brackets only',
  ],
  MULTILINE_IMPLICIT_KEY: [
    'A key reaches over several lines, or its colon is missing',
    'Write "key: value" on one line',
  ],
  KEY_OVER_1024_CHARS: ['A key is longer than 1024 characters', 'Shorten it'],
  BAD_ALIAS: ['An alias (*name) that is malformed or out of place', quote],
  TAG_RESOLVE_FAILED: [
    'Found a tag (a word that starts with "!") that has no meaning here',
    `Remove the tag, or put the text into quotes`,
  ],
  BAD_COLLECTION_TYPE: ['A tag that does not fit its value', 'Remove the tag'],
  BAD_DQ_ESCAPE: [
    'A backslash sequence that double quotes do not know',
    "Use single quotes for regular expressions, as in '\\d+'",
  ],
  BAD_SCALAR_START: ['A text cannot start with this character without quotes', quote],
  BAD_DIRECTIVE: ['Found a directive (a line that starts with %) that has no meaning', 'Remove it'],
  BAD_PROP_ORDER: [
    'An anchor or tag stands in the wrong place',
    'Write it directly before the value',
  ],
  MULTIPLE_ANCHORS: ['A value has two anchors', 'Keep one'],
  MULTIPLE_TAGS: ['A value has two tags', 'Remove both'],
  COMMENT_SPACE: ['A comment needs a space before #', 'Add a space, or put the text into quotes'],
}
