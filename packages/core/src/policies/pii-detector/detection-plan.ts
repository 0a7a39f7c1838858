import type { RE2JS } from 're2js'
import { compilePattern } from './entities/custom-pattern.ts'
import type { EntityName } from './entity-types.ts'
import { entityNamed } from './entity-types.ts'
import type { PiiDetectorOptions } from './options.ts'
import { nameLexicon } from './person/name-lexicon.ts'
import type { PersonMode } from './person/person-mode.ts'
import { taggerWeights } from './person/tagger-model.ts'

/** What to look for; made once per configuration. */
export interface DetectionPlan {
  readonly entities: ReadonlySet<EntityName>
  /** Also look for security codes and card holders. */
  readonly cardDetails: boolean
  readonly patterns: readonly RE2JS[]
  /** ISO 3166-1 codes. */
  readonly phoneRegions: readonly string[]
  /** How readily words are taken for a name; `balanced` when nothing is said. */
  readonly personMode?: PersonMode
}

/** Compiles checked options. Throws when an entity is unknown or a pattern does not compile: `check` reports both before. */
export function createPlan(options: PiiDetectorOptions): DetectionPlan {
  const entities = new Set(options.entities.map(requireEntity))
  const patterns: RE2JS[] = []
  for (const entry of options.detect_patterns) {
    const entity = entityNamed(entry)
    if (entity === null) patterns.push(compilePattern(entry))
    else entities.add(entity)
  }
  const cards = options.pci_mode === true
  if (cards) entities.add('CREDIT_CARD')
  // Built here, so that no request waits for it.
  if (entities.has('PERSON')) {
    nameLexicon()
    taggerWeights()
  }
  return {
    entities,
    cardDetails: cards,
    patterns,
    phoneRegions: options.phone_regions,
    personMode: options.person.mode,
  }
}

function requireEntity(name: string): EntityName {
  const entity = entityNamed(name)
  if (entity === null) throw new Error('pii-detector: unknown entity in its options')
  return entity
}
