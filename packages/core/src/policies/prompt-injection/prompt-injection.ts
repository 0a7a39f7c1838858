import type { Direction, Segment } from '../../message/segment.ts'
import type { Classifier } from '../../plugins/plugin.ts'
import type { Steps } from '../../text/steps.ts'
import { finishSteps } from '../../text/steps.ts'
import type { Match, OptionProblem, Policy } from '../policy.ts'
import { definePolicy } from '../policy.ts'
import { compileAttackPattern, findPatternProblems } from './attack-patterns.ts'
import type { DetectorSettings } from './detector.ts'
import { findInjection } from './detector.ts'
import type { PromptInjectionOptions } from './options.ts'
import { savings } from './savings.ts'
import { schema } from './schema.ts'
import { SecondOpinion } from './second-opinion.ts'

/** Refuses requests whose text tries to take over the model; `classifiers` are what `backend` may name. */
export const promptInjectionWith = (classifiers: readonly Classifier[]) =>
  definePolicy<PromptInjectionOptions>({
    kind: 'prompt-injection',
    summary: 'Refuses requests whose text tries to take over the model.',
    directions: ['request'],
    reasonCode: 'prompt_injection_detected',
    schema,
    spellings: [
      ['threshold', 'detection.embedding_threshold'],
      ['embedding_threshold', 'detection.embedding_threshold'],
      ['attack_patterns', 'detection.attack_patterns'],
      ['action', 'response.action'],
    ],
    check: (options) => findProblems(options, classifiers),
    savings,
    create: (options) => create(options, classifiers),
  })

/** The policy without plug-ins. */
export const promptInjection = promptInjectionWith([])

function create(options: PromptInjectionOptions, classifiers: readonly Classifier[]): Policy {
  const { backend, detection, encoding, boundaries, response } = options
  const settings: DetectorSettings = {
    patterns: detection.attack_patterns.map(compileAttackPattern),
    decodeRuns: encoding.decode_base64,
    disguises: encoding.normalize_unicode,
    homoglyphs: encoding.detect_homoglyphs,
    markers: {
      fakeBoundaries: boundaries.reject_fake_boundaries,
      delimiters: boundaries.enforce_delimiters,
    },
  }
  const threshold = detection.embedding_threshold * 1000
  const classifier = classifiers.find(({ name }) => name === backend)
  const second = classifier && new SecondOpinion(classifier, options.second_opinion, threshold)
  const least = second?.leastScore ?? threshold
  return {
    ...(second && { consult: (texts) => second.consult(texts) }),
    inspect: (segment, direction) => finishSteps(inspectInSteps(segment, direction)),
    inspectInSteps,
    cacheable: true,
    blockMessage: response.message,
  }

  function* inspectInSteps(segment: Segment, direction: Direction): Steps<readonly Match[]> {
    const found = direction === 'request' ? yield* findInjection(segment, settings) : undefined
    if (found === undefined || found.score < least) return []
    const match: Match = { ...found, type: 'PROMPT_INJECTION', action: 'block' }
    return [found.score < threshold ? { ...match, uncertain: true } : match]
  }
}

function findProblems(
  { backend, detection, response }: PromptInjectionOptions,
  classifiers: readonly Classifier[],
): OptionProblem[] {
  const problems = findPatternProblems(detection.attack_patterns)
  if (backend !== 'local' && !classifiers.some(({ name }) => name === backend)) {
    problems.push({
      path: 'backend',
      message:
        'a backend other than "local" is known, but no plug-in here has a classifier of that name',
      suggestion:
        'Write backend: local, or name the file of the plug-in: kt gateway run --plugin <path>',
      code: 'E011',
    })
  }
  if (response.action === 'escalate') {
    problems.push({
      path: 'response.action',
      message: '"escalate" is known, not available in this version: nobody would be asked',
      suggestion: 'Write action: block, or mode: monitor to record only',
      code: 'E011',
    })
  }
  return problems
}
