import type { Saving } from '../policy.ts'
import { withoutEntry } from '../without-entry.ts'
import { entitiesNamed } from './entity-types.ts'
import type { PiiDetectorOptions } from './options.ts'

/** The entities with detectors of their own that read every word or number; recognisers share one pass. */
const costly: readonly string[] = ['PERSON', 'PHONE_NUMBER']

/** What would make the detector cheaper: entities that it need not look for, patterns of the customer. */
export function savings(options: PiiDetectorOptions): Saving<PiiDetectorOptions>[] {
  const { entities, detect_patterns } = options
  const dropped = entities.flatMap((entity, index): Saving<PiiDetectorOptions>[] => {
    if (!costly.includes(entity)) return []
    const fewer = { ...options, entities: withoutEntry(entities, index) }
    const loses = `${entity} is then not found`
    return [
      { option: 'entities', change: `leave ${entity} out of entities`, loses, options: fewer },
    ]
  })
  const patterns = detect_patterns.flatMap((entry, index): Saving<PiiDetectorOptions>[] => {
    // The name of an entity: no pattern of the customer's own.
    if (entitiesNamed(entry).length > 0) return []
    return [
      {
        option: `detect_patterns[${index}]`,
        change: `narrow or drop detect_patterns[${index}]`,
        loses: 'what only this pattern finds is then not found',
        options: { ...options, detect_patterns: withoutEntry(detect_patterns, index) },
      },
    ]
  })
  return [...dropped, ...patterns]
}
