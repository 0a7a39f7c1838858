import type { Policy } from '../policy.ts'
import { piiDetector } from './pii-detector.ts'

/** What numbers a patient. Numbers of doctors and practices are not among them. */
const entities = [
  'MEDICAL_RECORD_NUMBER',
  'HEALTH_INSURANCE_ID',
  'US_MBI',
  'UK_NHS',
  'CA_HEALTH_CARD',
  'AU_MEDICARE',
  'DE_HEALTH_INSURANCE',
  'PH_PHILHEALTH',
]

/** A policy that finds numbers of patients and nothing else; `registry.ts` lends it to policies that act on them in their own way. */
export function patientIdentifiers(): Policy {
  return piiDetector.create({
    action: 'block',
    entities,
    detect_patterns: [],
    pci_mode: null,
    healthcare_mode: false,
    threshold: 0.5,
    thresholds: {},
    context: [],
    allow_list: [],
    allow_patterns: [],
    deny_list: [],
    phone_regions: ['US'],
    person: { mode: 'balanced' },
    recognizers: { timeout_ms: 500, on_failure: 'block' },
    redaction: {
      marker_format: 'label',
      include_metadata: true,
      preserve_length: false,
      custom_markers: {},
      restore: false,
      hash_key_ref: { env: '' },
    },
  })
}
