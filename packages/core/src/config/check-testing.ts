import type { ConfigIssue, LocatedTest } from './config.ts'
import type { ConfigNode } from './config-node.ts'
import { nodeAt } from './config-node.ts'
import type { IssueText } from './issue-at.ts'
import { issueAtKey } from './issue-at.ts'
import type { PolicyTest } from './testing-schema.ts'
import { policyTest } from './testing-schema.ts'
import { validateNode } from './validate-node.ts'

/** The tests of a configuration, and what their schema cannot say about them. */
export interface CheckedTests {
  readonly tests: readonly LocatedTest[]
  readonly issues: readonly ConfigIssue[]
}

/** Reads `testing.suites`; a case that does not fit its schema, which is reported elsewhere, is left out. */
export function checkTesting(root: ConfigNode): CheckedTests {
  const suites = nodeAt(root, ['testing', 'suites'])
  const checked = (suites?.kind === 'list' ? suites.items : []).flatMap((suite) => {
    const name = nodeAt(suite, ['name'])
    const cases = nodeAt(suite, ['cases'])
    const label = name?.kind === 'scalar' ? String(name.value) : null
    return (cases?.kind === 'list' ? cases.items : []).map((node) => checkCase(node, label))
  })
  return {
    tests: checked.flatMap(({ test }) => test ?? []),
    issues: checked.flatMap(({ issues }) => issues),
  }
}

function checkCase(node: ConfigNode, suite: string | null) {
  const { values, issues } = validateNode(node, policyTest)
  if (issues.length > 0) return { test: null, issues: [] }
  // Read only after the schema has accepted it.
  const test = { suite, test: values as PolicyTest, position: node.at }
  return { test, issues: checkTest(node, test.test) }
}

/** What makes a test that fits its schema meaningless: it would not run, or would expect nothing. */
export function checkTest(node: ConfigNode, { input, expected }: PolicyTest): ConfigIssue[] {
  const at = (steps: readonly string[], text: IssueText) =>
    issueAtKey(nodeAt(node, steps) ?? node, text)
  const wrong = (key: string, message: string, suggestion: string) =>
    at(['input', key], { code: 'E014', message, suggestion })
  const { messages, request, upstream_response: answer, endpoint } = input
  const isChat = endpoint === '/v1/chat/completions'
  const issues: ConfigIssue[] = []
  if ((messages === undefined) === (request === undefined))
    issues.push(at(['input'], needsOneRequest))
  if (request !== undefined && (input.tools !== undefined || input.model !== undefined))
    issues.push(
      wrong('request', 'Found tools or model beside request', 'Put them into the request'),
    )
  if (messages !== undefined && !isChat)
    issues.push(
      wrong('endpoint', `Found messages for ${endpoint}`, 'Write its whole body as request'),
    )
  if (input.stream && (answer === undefined || !isChat)) issues.push(at(['input', 'stream'], stray))
  if (typeof answer === 'string' && endpoint === '/v1/embeddings')
    issues.push(
      wrong('upstream_response', 'Found a text as embeddings', 'Write the whole answer body'),
    )
  if (expected.answer !== undefined && answer === undefined)
    issues.push(at(['expected', 'answer'], noAnswer))
  return [...issues, ...idleKeys(node)]
}

function idleKeys(node: ConfigNode): ConfigIssue[] {
  return ['proxy_name', 'team_slugs'].flatMap((key) => {
    const found = nodeAt(node, ['input', key])
    return found === null ? [] : [issueAtKey(found, withoutEffect(key))]
  })
}

const needsOneRequest: IssueText = {
  code: 'E015',
  message: 'Expected either messages or request, and not both',
  suggestion: 'Write messages: [{role: user, content: …}], or a whole body as request',
}

const stray: IssueText = {
  code: 'E014',
  message: 'Nothing would be streamed: stream needs upstream_response and a chat request',
  suggestion: 'Add upstream_response, or remove stream',
}

const noAnswer: IssueText = {
  code: 'E015',
  message: 'An answer is expected, but the model gives none',
  suggestion: 'Add input.upstream_response, the text that the model answers',
}

function withoutEffect(key: string): IssueText {
  return {
    code: 'E011',
    severity: 'warning',
    message: `"${key}" is known, and has no effect in this version: there is one chain for all calls`,
    suggestion: 'It can stay',
  }
}
