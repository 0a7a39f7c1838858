import type { Segment } from '../../../message/segment.ts'
import { finishSteps } from '../../../text/steps.ts'
import type { Policy } from '../../policy.ts'
import type { Detector } from '../detector.ts'
import type { NumberingOptions } from './call-memory.ts'
import { CallMemory } from './call-memory.ts'
import { RestoreScanner } from './restore-scanner.ts'

/** Numbers of the values of a request. */
export type NumberInRequest = CallMemory['numberInRequest']

type PolicyForCall = Policy &
  Required<Pick<Policy, 'prepare' | 'inspect' | 'inspectInSteps' | 'scan'>>

/** The detector with a memory of one call: its markers are numbered, and with `restore` its values come back in the answer. */
export function policyForCall(
  detector: Detector,
  options: NumberingOptions,
  plugins?: (numberInRequest: NumberInRequest) => Policy['consult'],
): PolicyForCall {
  const memory = new CallMemory(options)
  let isPrepared = false
  const consult = plugins?.((...value) => memory.numberInRequest(...value))
  const policy: PolicyForCall = {
    ...(consult && { consult }),
    prepare(segments: readonly Segment[]) {
      isPrepared = true
      for (const segment of segments) memory.notice(segment)
    },
    inspect: (segment, direction) => finishSteps(policy.inspectInSteps(segment, direction)),
    inspectInSteps(segment, direction) {
      if (direction === 'response')
        return detector.inspect(segment, direction, (type, value) =>
          memory.numberInAnswer(segment, type, value),
        )
      if (!isPrepared) memory.notice(segment)
      return detector.inspect(segment, direction, (type, value) =>
        memory.numberInRequest(segment, type, value),
      )
    },
    scan: (place) => detector.scan((type, value) => memory.numberInAnswer(place, type, value)),
  }
  if (!options.restore) return policy
  return {
    ...policy,
    restore: () => new RestoreScanner(memory),
  }
}
