import type { Direction, Segment } from '../../message/segment.ts'
import type { Steps } from '../../text/steps.ts'
import { finishSteps } from '../../text/steps.ts'
import type { Match, Policy, TextScanner } from '../policy.ts'
import { definePolicy } from '../policy.ts'
import { CategoryActions } from './category-actions.ts'
import { findInRequest } from './find-in-request.ts'
import type { Finding } from './finding.ts'
import { findOptionProblems } from './option-problems.ts'
import type { DlpFilterOptions } from './options.ts'
import { createPlan } from './plan.ts'
import { savings } from './savings.ts'
import { DlpScanner } from './scan/dlp-scanner.ts'
import { schema } from './schema.ts'

/** Finds credentials, model files, classification marks and the customer's own terms and patterns. */
export const dlpFilter = definePolicy<DlpFilterOptions>({
  kind: 'dlp-filter',
  summary:
    'Redacts or blocks credentials, model files, classification marks, your terms and patterns.',
  directions: ['request', 'response'],
  reasonCode: 'dlp_violation_detected',
  schema,
  check: findOptionProblems,
  savings,
  create,
})

function create(options: DlpFilterOptions): Policy {
  const actions = new CategoryActions(options)
  const plan = createPlan(options, actions)

  function* inspectInSteps({ text }: Segment, direction: Direction): Steps<readonly Match[]> {
    const found = direction === 'request' ? yield* findInRequest(text, plan) : findInAnswer(text)
    return found.map((one) => actions.toMatch(one))
  }

  function findInAnswer(text: string): readonly Finding[] {
    const scanner = new DlpScanner(plan, { isRequest: false })
    return [...scanner.push(text).found, ...scanner.end().found]
  }

  function scan(): TextScanner<Match> {
    const scanner = new DlpScanner(plan, { isRequest: false })
    const matched = ({ found, decided }: ReturnType<DlpScanner['push']>) => ({
      found: found.map((one) => actions.toMatch(one)),
      decided,
    })
    return { push: (text) => matched(scanner.push(text)), end: () => matched(scanner.end()) }
  }

  return {
    inspect: (segment, direction) => finishSteps(inspectInSteps(segment, direction)),
    inspectInSteps,
    cacheable: true,
    scan,
    readsKeys: true,
    blockMessage: 'The text holds credentials or other data that may not be sent.',
  }
}
