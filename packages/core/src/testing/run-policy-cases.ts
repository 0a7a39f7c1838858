import { parseConfig } from '../config/parse-config.ts'
import type { RequestDecision, ResponseDecision } from '../engine/call-decision.ts'
import { createEngine } from '../engine/create-engine.ts'
import type { Engine, MessagesInput } from '../engine/engine.ts'
import type { Message } from '../message/message.ts'
import type { PolicyDefinition } from '../policies/policy.ts'
import type { PolicyCase } from './policy-case.ts'

/** How a case went: it passed when there are no problems. */
export interface CaseResult {
  readonly name: string
  readonly problems: readonly string[]
}

/**
 * Runs labelled samples of one policy through a real engine whose chain is that policy alone.
 *
 * @example
 * const results = await runPolicyCases(keywordFilter, parsePolicyCases(readFileSync('cases.yaml', 'utf8')))
 * for (const { name, problems } of results) assert.deepEqual(problems, [], name)
 *
 * @throws ConfigError when the options of a case are not valid
 */
export async function runPolicyCases(
  definition: PolicyDefinition,
  cases: readonly PolicyCase[],
): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = []
  for (const sample of cases)
    results.push({ name: sample.name, problems: await problemsOf(definition, sample) })
  return results
}

/** An engine whose chain is one policy, with options as a user would write them. */
export function engineOf(
  definition: PolicyDefinition,
  options: PolicyCase['options'] = {},
): Engine {
  const { kind } = definition
  // JSON is YAML, so the options take the way of a real file
  const text = JSON.stringify({
    pack: { name: 'cases', version: '1.0.0', enabled: true },
    policies: { chain: [kind] },
    policy: { [kind]: options },
  })
  return createEngine(parseConfig(text, { policies: [definition] }))
}

/** The messages of a case. */
export function messagesOf({ text, role, direction, messages }: PolicyCase): readonly Message[] {
  if (messages !== undefined) return messages
  return [{ role: role ?? (direction === 'response' ? 'assistant' : 'user'), content: text ?? '' }]
}

async function problemsOf(definition: PolicyDefinition, sample: PolicyCase): Promise<string[]> {
  const engine = engineOf(definition, sample.options)
  const messages = messagesOf(sample)
  const { tools, identity, model, headers } = sample
  const input: MessagesInput = {
    messages,
    ...(tools && { tools }),
    ...(identity && { identity }),
    ...(model !== undefined && { model }),
    ...(headers && { headers }),
  }
  const decision =
    sample.direction === 'response'
      ? await engine.evaluateResponse(input)
      : await engine.evaluateRequest(input)
  return [...verdictProblems(decision, sample), ...textProblems(decision, sample, messages)]
}

type Decision = RequestDecision | ResponseDecision

function verdictProblems({ policies, findings }: Decision, { expect }: PolicyCase): string[] {
  const verdict = policies[0]?.verdict ?? 'none'
  return [
    ...compared('verdict', verdict, expect.verdict),
    ...(expect.reason === undefined
      ? []
      : compared('reason', policies[0]?.reason ?? null, expect.reason)),
    ...(expect.rules === undefined
      ? []
      : compared('rules', names(findings.map(({ rule }) => rule)), names(expect.rules))),
    ...(expect.types === undefined
      ? []
      : compared('types', names(findings.map(({ type }) => type)), names(expect.types))),
  ]
}

function textProblems(
  decision: Decision,
  { expect }: PolicyCase,
  asked: readonly Message[],
): string[] {
  if (decision.outcome === 'block') return []
  const { messages } = decision
  const problems: string[] = []
  if (expect.text !== undefined)
    problems.push(...compared('text', messages[0]?.content, expect.text))
  if (expect.messages !== undefined)
    problems.push(...compared('messages', messages, expect.messages))
  if (expect.verdict === 'pass') problems.push(...compared('messages', messages, asked))
  return problems
}

function names(list: readonly string[]): string[] {
  return [...new Set(list)].sort()
}

function compared(what: string, found: unknown, expected: unknown): string[] {
  const [is, should] = [JSON.stringify(found), JSON.stringify(expected)]
  return is === should ? [] : [`${what} is ${is}, expected ${should}`]
}
