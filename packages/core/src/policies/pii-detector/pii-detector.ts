import { finishSteps } from '../../text/steps.ts'
import type { Policy, Secrets } from '../policy.ts'
import { definePolicy } from '../policy.ts'
import { Detector } from './detector.ts'
import { entitySpellings } from './entity-types.ts'
import { policyForCall } from './numbered/policy-for-call.ts'
import { findOptionProblems } from './option-problems.ts'
import type { PiiDetectorOptions } from './options.ts'
import { schema } from './schema.ts'

/** Finds personal data in requests and answers and redacts it or refuses the call. */
export const piiDetector = definePolicy<PiiDetectorOptions>({
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
  check: findOptionProblems,
  secrets: ({ redaction: { hash_key_ref: key } }) => (key.env === '' ? [] : [key.env]),
  create,
})

const blockMessage = 'The text holds personal data that may not be sent.'

function create(options: PiiDetectorOptions, secrets?: Secrets): Policy {
  const detector = new Detector(options, secrets)
  const { marker_format, restore } = options.redaction
  if (marker_format !== 'numbered' || options.action === 'block') {
    return {
      inspect: (segment, direction) => finishSteps(detector.inspect(segment, direction, noNumber)),
      inspectInSteps: (segment, direction) => detector.inspect(segment, direction, noNumber),
      scan: () => detector.scan(noNumber),
      blockMessage,
    }
  }
  const { phoneRegions } = detector.plan
  const forCall = () => ({ ...policyForCall(detector, { restore, phoneRegions }), blockMessage })
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
