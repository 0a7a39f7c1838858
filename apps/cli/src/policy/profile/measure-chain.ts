import type { BodyDecision } from '@keeptrusts/core'
import type { MeasuredChain, Subject } from './subject.ts'
import { answerInput, requestInput } from './subject.ts'

/** What one evaluation took, microseconds. */
export interface Sample {
  readonly whole: number
  /** For classifiers and recognisers of plug-ins; not in `whole`. */
  readonly waited: number
  /** By place in the chain; a text that says why a policy did not run. */
  readonly policies: readonly (number | string)[]
}

/** All that was measured of one subject. */
export interface Samples {
  readonly subject: Subject
  readonly request: Sample[]
  readonly answer: Sample[]
}

/** Before this the compiler of the runtime is still at work, and figures are those of no gateway that has run a while. */
const warmUpMs = 500
const warmUpRounds = 3

/** Without a number of runs: so many that the measurement takes about ten seconds. */
const usualMs = 10_000
const fewestRuns = 5
const mostRuns = 1000

/** Runs every subject in turns, so that a slow moment of the machine meets all alike; `runs` times, or for about ten seconds. */
export async function measureChain(
  subjects: readonly Subject[],
  runs: number | undefined,
): Promise<Samples[]> {
  await warmUp(subjects)
  const started = performance.now()
  const goesOn = (run: number): boolean => {
    if (runs !== undefined) return run < runs
    return run < fewestRuns || (run < mostRuns && performance.now() - started < usualMs)
  }
  const samples = subjects.map((subject): Samples => ({ subject, request: [], answer: [] }))
  for (let run = 0; goesOn(run); run++) {
    for (const { subject, request, answer } of samples) {
      // A small prompt after a large one would be measured with nothing of what it needs in the caches.
      if (subject.request.length < smallLength) await runOnce(subject)
      const sides = await runOnce(subject)
      request.push(sides.request)
      answer.push(sides.answer)
    }
  }
  return samples
}

const smallLength = 10_000

async function warmUp(subjects: readonly Subject[]): Promise<void> {
  const started = performance.now()
  for (let round = 0; round < warmUpRounds || performance.now() - started < warmUpMs; round++)
    for (const subject of subjects) await runOnce(subject)
}

async function runOnce(subject: Subject): Promise<Record<'request' | 'answer', Sample>> {
  const { engine } = subject.chain
  const decision = await engine.checkRequest(requestInput(subject))
  const request = sampleOf(decision, subject.chain)
  const checked = await engine.checkResponse({ ...answerInput(subject), request: decision })
  return { request, answer: sampleOf(checked, subject.chain) }
}

function sampleOf({ policies }: BodyDecision, { latest }: MeasuredChain): Sample {
  const { duration_us: whole, waited_us: waited } = latest()
  return {
    whole,
    waited,
    policies: policies.map(({ verdict, reason, duration_us }) =>
      verdict === 'not_run' ? (reason ?? 'not run') : duration_us,
    ),
  }
}
