import type { Config, LocatedTest } from '../config/config.ts'
import { createEngine } from '../engine/create-engine.ts'
import type { BodyDecision } from '../engine/decision.ts'
import type { BodyInput, Engine, EngineOptions } from '../engine/engine.ts'
import { KeeptrustsError } from '../errors/keeptrusts-error.ts'
import { textsOf } from './body-texts.ts'
import { compareOutcome } from './compare-outcome.ts'
import { streamProblems } from './stream-answer.ts'
import type { Outcome, TestedPolicy, TestResult } from './test-result.ts'
import { answerOf, callOf } from './tested-call.ts'

/**
 * Runs tests through the chain of a configuration, one after another, in the order given; none depends on another. Asks no
 * network of its own: only plug-ins of the configuration may. Without `tests`, those of the configuration's `testing.suites` run.
 *
 * @example
 * const results = await runPolicyTests(await loadConfig('policy-config.yaml'))
 * for (const { name, problems } of results) assert.deepEqual(problems, [], name)
 *
 * @throws KeeptrustsError `policy-secret-missing`
 */
export async function runPolicyTests(
  config: Config,
  tests: readonly LocatedTest[] = config.tests,
  { env = {} }: Pick<EngineOptions, 'env'> = {},
): Promise<readonly TestResult[]> {
  const audit = { append: async () => {} }
  // With a sink and a fixed clock, as in a gateway whose log works and whose time stands still.
  const engine = createEngine(config, { env, audit, now: () => 0 })
  const results: TestResult[] = []
  for (const test of tests) results.push(await runTest({ engine, config }, test))
  return results
}

interface Runner {
  readonly engine: Engine
  readonly config: Config
}

async function runTest(
  runner: Runner,
  { suite, test, position }: LocatedTest,
): Promise<TestResult> {
  const { outcome, problems } = await outcomeOf(runner, test.input)
  const { verdict, reason_code, policy, policies } = outcome
  const all = [...compareOutcome(outcome, test.expected), ...problems]
  return {
    ...{ name: test.name, suite, position, verdict, reason_code, policy, policies },
    passed: all.length === 0,
    problems: all,
  }
}

interface Found {
  readonly outcome: Outcome
  readonly problems: readonly string[]
}

async function outcomeOf(
  { engine, config }: Runner,
  input: LocatedTest['test']['input'],
): Promise<Found> {
  const call = callOf(input, config)
  if (call === null)
    return { outcome: failed('model_not_found', 'No target serves the model'), problems: [] }
  try {
    const request = await engine.checkRequest(call)
    const forwarded =
      request.outcome === 'block' ? null : textsOf(request.body.source, form(call, 'request'))
    const asked = { ...summary([request]), forwarded, answer: null }
    if (request.outcome === 'block' || input.upstream_response === undefined)
      return { outcome: asked, problems: [] }
    const source = answerOf(input)
    const response = await engine.checkResponse({ ...call, source, request })
    const answer =
      response.outcome === 'block' ? null : textsOf(response.body.source, form(call, 'answer'))
    const outcome = { ...summary([request, response]), forwarded, answer }
    if (!input.stream) return { outcome, problems: [] }
    const streamed = { call, answer: source, whole: outcome }
    return { outcome, problems: await streamProblems(engine, streamed) }
  } catch (error) {
    if (!KeeptrustsError.isInstance(error)) throw error
    return { outcome: failed(error.code, error.message), problems: [] }
  }
}

function form<Form extends 'request' | 'answer'>({ shape }: BodyInput, name: Form) {
  return { form: name, shape }
}

/** A call that the gateway refuses before any policy looks at it. */
function failed(reason: string, refusal: string): Outcome {
  const nothing = { policies: [], forwarded: null, answer: null }
  return { verdict: 'error', reason_code: reason, policy: null, refusal, ...nothing }
}

/** The event of the last side speaks for the whole call (decision N2). */
function summary(
  sides: readonly [BodyDecision, ...BodyDecision[]],
): Omit<Outcome, 'forwarded' | 'answer'> {
  const { event } = sides.at(-1) ?? sides[0]
  const policy = event['policy']
  return {
    verdict: event['decision'] as Outcome['verdict'],
    reason_code: String(event['reason_code']),
    policy: typeof policy === 'string' ? policy : null,
    policies: sides.flatMap(policiesOf),
  }
}

function policiesOf({ direction, policies }: BodyDecision): TestedPolicy[] {
  return policies.map(({ duration_us: _, ...verdict }) => ({ stage: direction, ...verdict }))
}
