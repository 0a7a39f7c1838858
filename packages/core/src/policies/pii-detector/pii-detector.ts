import type { Recognizer } from '../../plugins/plugin.ts'
import { finishSteps } from '../../text/steps.ts'
import type { Policy, Secrets } from '../policy.ts'
import { definePolicy } from '../policy.ts'
import { Detector } from './detector.ts'
import { entitiesNamed, entitySpellings, plainName } from './entity-types.ts'
import type { NumberInRequest } from './numbered/policy-for-call.ts'
import { policyForCall } from './numbered/policy-for-call.ts'
import { findOptionProblems } from './option-problems.ts'
import type { PiiDetectorOptions } from './options.ts'
import { PluginEntities } from './plugin-entities.ts'
import { savings } from './savings.ts'
import { schema } from './schema.ts'

/** Finds personal data in requests and answers and redacts it or refuses the call; `recognizers` find what has no form of its own. */
export const piiDetectorWith = (recognizers: readonly Recognizer[]) =>
  definePolicy<PiiDetectorOptions>({
    kind: 'pii-detector',
    summary: 'Redacts or blocks personal data: e-mail, phone, SSN, card, IBAN, IP address, names.',
    directions: ['request', 'response'],
    reasonCode: 'pii_detected',
    schema,
    spellings: [
      ['categories', 'entities'],
      ['entity_types', 'entities'],
    ],
    valueAliases: { entities: entitySpellings() },
    check: (options) => findOptionProblems(options, offeredBy(recognizers)),
    savings,
    secrets: ({ redaction: { hash_key_ref: key } }) => (key.env === '' ? [] : [key.env]),
    create: (options, secrets) => create(options, recognizers, secrets),
  })

/** The policy without plug-ins. */
export const piiDetector = piiDetectorWith([])

/** What only plug-ins look for; of what both do, each adds what it finds. */
function offeredBy(recognizers: readonly Recognizer[]): ReadonlySet<string> {
  const names = recognizers.flatMap(({ entities }) => entities)
  return new Set(names.filter((name) => entitiesNamed(name).length === 0))
}

const blockMessage = 'The text holds personal data that may not be sent.'

function create(
  options: PiiDetectorOptions,
  recognizers: readonly Recognizer[],
  secrets?: Secrets,
): Policy {
  const offered = offeredBy(recognizers)
  const entities = options.entities.filter((name) => !offered.has(plainName(name)))
  const detector = new Detector({ ...options, entities }, secrets)
  const plugins = new PluginEntities(recognizers, options)
  const consultWith = (numberOf: NumberInRequest): Policy['consult'] =>
    plugins.isEmpty
      ? undefined
      : (texts) =>
          plugins.consult(texts, ({ segment }, found) =>
            detector.matchFor(found, segment.text, (type, value) => numberOf(segment, type, value)),
          )
  const consult = consultWith(noNumber)
  const { marker_format, restore } = options.redaction
  if (marker_format !== 'numbered' || options.action === 'block') {
    return {
      inspect: (segment, direction) => finishSteps(detector.inspect(segment, direction, noNumber)),
      inspectInSteps: (segment, direction) => detector.inspect(segment, direction, noNumber),
      cacheable: true,
      scan: () => detector.scan(noNumber),
      ...(consult && { consult }),
      readsKeys: true,
      blockMessage,
    }
  }
  const { phoneRegions } = detector.plan
  const forCall = () => ({
    ...policyForCall(detector, { restore, phoneRegions }, consultWith),
    readsKeys: true as const,
    blockMessage,
  })
  return {
    forCall,
    // Without a call every text has numbers of its own, and nothing is given back.
    inspect: (segment, direction) => forCall().inspect(segment, direction),
    scan: (place) => policyForCall(detector, { restore: false, phoneRegions }).scan(place),
    blockMessage,
  }
}

/** Markers without numbers never ask for one. */
function noNumber(): number {
  return 0
}
