import type { RE2JS } from 're2js'
import { compilePattern } from './entities/custom-pattern.ts'
import type { EntityName } from './entity-types.ts'
import { entityNamed, recognizerFor } from './entity-types.ts'
import type { PiiDetectorOptions } from './options.ts'
import { nameLexicon } from './person/name-lexicon.ts'
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
  /** ISO 3166-1 codes. */
  readonly phoneRegions: readonly string[]
}

const defaultThreshold = 500

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
  if (entities.has('PERSON')) nameLexicon()
  const asked = [...entities].flatMap((entity) => recognizerFor(entity) ?? [])
  const recognizers = compileRecognizers(asked, () => defaultThreshold)
  return {
    entities,
    cardDetails: cards,
    patterns,
    recognizers,
    phoneRegions: options.phone_regions,
  }
}

function requireEntity(name: string): EntityName {
  const entity = entityNamed(name)
  if (entity === null) throw new Error('pii-detector: unknown entity in its options')
  return entity
}
