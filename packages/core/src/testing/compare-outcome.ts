import type { PolicyTest } from '../config/testing-schema.ts'
import type { BodyTexts } from './body-texts.ts'
import type { Outcome, TestedPolicy } from './test-result.ts'

type Expected = PolicyTest['expected']

/** What differs from what a test expects; nothing when it has passed. */
export function compareOutcome(found: Outcome, expected: Expected): readonly string[] {
  const { verdict, reason_code: reason, policy } = expected
  return [
    ...(found.verdict === verdict ? [] : [wrongVerdict(found, verdict)]),
    ...(reason === undefined || found.reason_code === underscored(reason)
      ? []
      : [`expected the reason ${underscored(reason)}, found ${found.reason_code}`]),
    ...(policy === undefined || found.policy === policy
      ? []
      : [`expected ${policy} to decide, found ${found.policy ?? 'that no policy did'}`]),
    ...Object.entries(expected.policies).flatMap((entry) => policyProblems(found.policies, entry)),
    ...textProblems('forwarded', found.forwarded, expected.forwarded),
    ...textProblems('answer', found.answer, expected.answer),
    ...findingProblems(found.policies, expected.findings),
  ]
}

/** Decision N3: `prompt_injection.detected` is the same reason. */
function underscored(reason: string): string {
  return reason.replaceAll('.', '_')
}

function wrongVerdict(found: Outcome, expected: string): string {
  const { verdict, reason_code, policy, refusal } = found
  const by = policy === null ? '' : ` by ${policy}`
  const why = refusal === undefined ? '' : `: ${refusal}`
  return `expected the verdict ${expected}, found ${verdict} (${reason_code}${by})${why}`
}

/** From best to worst, as far as one policy can be seen on both sides of a call. */
const severity = ['not_run', 'pass', 'would_redact', 'would_block', 'redact', 'error', 'block']

function policyProblems(
  policies: readonly TestedPolicy[],
  [kind, expected]: readonly [string, string],
): string[] {
  const seen = policies.filter(({ policy }) => policy === kind).map(({ verdict }) => verdict)
  if (seen.length === 0) return [`expected ${kind} to say ${expected}, but it is not in the chain`]
  const worst = seen.reduce((a, b) => (severity.indexOf(b) > severity.indexOf(a) ? b : a))
  return worst === expected ? [] : [`expected ${kind} to say ${expected}, found ${worst}`]
}

function textProblems(
  name: 'forwarded' | 'answer',
  found: BodyTexts | null,
  expected: Expected['forwarded'],
): string[] {
  if (expected === undefined) return []
  const wanted = typeof expected === 'string' ? { equals: expected } : expected
  const { equals, contains = [], not_contains: hidden = [] } = wanted as TextExpectation
  const asks = equals !== undefined || contains.length > 0
  if (found === null)
    return asks ? [`expected a text as ${name}, but the call was stopped before`] : []
  const shown = (text: string) => JSON.stringify(text)
  return [
    ...(equals === undefined || found.content === equals
      ? []
      : [`expected ${name} ${shown(equals)}, found ${shown(found.content)}`]),
    ...contains
      .filter((part) => !found.all.includes(part))
      .map((part) => `expected ${name} to contain ${shown(part)}, found ${shown(found.all)}`),
    ...hidden
      .filter((part) => found.all.includes(part))
      .map((part) => `expected ${name} not to contain ${shown(part)}, but it does`),
  ]
}

interface TextExpectation {
  readonly equals?: string
  readonly contains?: readonly string[]
  readonly not_contains?: readonly string[]
}

function findingProblems(
  policies: readonly TestedPolicy[],
  { present = [], absent = [] }: Expected['findings'],
): string[] {
  const names = new Set(
    policies.flatMap(({ findings }) => findings.flatMap(({ type, rule }) => [type, rule])),
  )
  const list = [...names].sort().join(', ') || 'nothing'
  return [
    ...present
      .filter((name) => !names.has(name))
      .map((name) => `expected to find ${name}, found ${list}`),
    ...absent
      .filter((name) => names.has(name))
      .map((name) => `expected not to find ${name}, but it was found`),
  ]
}
