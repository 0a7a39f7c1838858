import type { Direction, Segment } from '../../message/segment.ts'
import type { Steps } from '../../text/steps.ts'
import { finishSteps } from '../../text/steps.ts'
import type { AnswerText, Match, Policy, Scanned, TextScanner } from '../policy.ts'
import { JoinedScanner } from './joined-scanner.ts'

/** Something that may not stand in a text, whoever finds it. */
export interface TextLimit {
  /** Finds it, and perhaps more. */
  readonly finder: Policy
  /** The match as rbac reports it; `null` for what is allowed. */
  readonly refuse: (match: Match) => Match | null
}

/** How a policy looks at texts that must keep some limits. */
export function looksFor(
  limits: readonly TextLimit[],
): Pick<Policy, 'inspect' | 'inspectInSteps' | 'scan'> {
  function* inspectInSteps(segment: Segment, direction: Direction): Steps<readonly Match[]> {
    const found: Match[] = []
    for (const limit of limits) {
      const { finder } = limit
      const matches = finder.inspectInSteps
        ? yield* finder.inspectInSteps(segment, direction)
        : (finder.inspect?.(segment, direction) ?? [])
      for (const match of refused(limit, matches)) found.push(match)
    }
    return found
  }
  return {
    inspectInSteps,
    inspect: (segment, direction) => finishSteps(inspectInSteps(segment, direction)),
    scan: (place) => new JoinedScanner(limits.map((limit) => scannerFor(limit, place))),
  }
}

function scannerFor(limit: TextLimit, place: AnswerText): TextScanner<Match> {
  const scanner = limit.finder.scan?.(place)
  if (scanner === undefined) throw new TypeError('a finder must be able to look at answers')
  const weighed = ({ found, decided }: Scanned<Match>) => ({
    found: refused(limit, found),
    decided,
  })
  return { push: (text) => weighed(scanner.push(text)), end: () => weighed(scanner.end()) }
}

function refused({ refuse }: TextLimit, matches: readonly Match[]): readonly Match[] {
  return matches.flatMap((match) => refuse(match) ?? [])
}
