import type { RE2JS } from 're2js'
import type { DeniedTerms } from './denied-terms.ts'
import { compileDenied } from './denied-terms.ts'
import { compilePattern } from './entities/custom-pattern.ts'
import type { EntityName } from './entity-types.ts'
import { entitiesNamed, recognizerFor } from './entity-types.ts'
import type { FindingRules } from './finding-rules.ts'
import { findingRules } from './finding-rules.ts'
import type { PiiDetectorOptions } from './options.ts'
import { nameLexicon } from './person/name-lexicon.ts'
import type { PersonMode } from './person/person-mode.ts'
import { taggerWeights } from './person/tagger-model.ts'
import type { RecognizerSet } from './recognizers/recognizer-set.ts'
import { compileRecognizers } from './recognizers/recognizer-set.ts'

/** What to look for; made once per configuration. */
export interface DetectionPlan {
  readonly entities: ReadonlySet<EntityName>
  /** Also look for security codes and card holders. */
  readonly cardDetails: boolean
  readonly patterns: readonly RE2JS[]
  /** What is recognised by form, check digit and cue; `null` when nothing of the kind is asked for. */
  readonly recognizers: RecognizerSet | null
  /** Terms that are always reported. */
  readonly denied: DeniedTerms | null
  /** Which findings count. */
  readonly rules: FindingRules
  /** ISO 3166-1 codes. */
  readonly phoneRegions: readonly string[]
  /** How readily words are taken for a name; `balanced` when nothing is said. */
  readonly personMode?: PersonMode
}

/** What `healthcare_mode` adds. */
const healthcareEntities: readonly EntityName[] = [
  'MEDICAL_RECORD_NUMBER',
  'HEALTH_INSURANCE_ID',
  'MEDICAL_LICENSE',
  'US_NPI',
  'US_MBI',
]

/** Compiles checked options. Throws when an entity is unknown or a pattern does not compile: `check` reports both before. */
export function createPlan(options: PiiDetectorOptions): DetectionPlan {
  const entities = new Set(options.entities.flatMap(requireEntities))
  const patterns: RE2JS[] = []
  for (const entry of options.detect_patterns) {
    const named = entitiesNamed(entry)
    if (named.length === 0) patterns.push(compilePattern(entry))
    for (const entity of named) entities.add(entity)
  }
  const cardDetails = options.pci_mode === true
  if (cardDetails) entities.add('CREDIT_CARD')
  if (options.healthcare_mode) for (const entity of healthcareEntities) entities.add(entity)
  // Built here, so that no request waits for it.
  if (entities.has('PERSON')) {
    nameLexicon()
    taggerWeights()
  }
  const rules = findingRules(options)
  const asked = [...entities].flatMap((entity) => recognizerFor(entity) ?? [])
  return {
    entities,
    cardDetails,
    patterns,
    recognizers: compileRecognizers(asked),
    denied: compileDenied(options),
    rules,
    phoneRegions: options.phone_regions,
    personMode: options.person.mode,
  }
}

function requireEntities(name: string): readonly EntityName[] {
  const entities = entitiesNamed(name)
  if (entities.length === 0) throw new Error('pii-detector: unknown entity in its options')
  return entities
}
