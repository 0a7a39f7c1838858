import { isSupportedCountry } from 'libphonenumber-js/min'
import { patternProblems } from '../../scan/customer-pattern.ts'
import type { OptionProblem } from '../policy.ts'
import { entityNamed, entityTypes, isLaterEntity, nearestEntity } from './entity-types.ts'
import { markerType } from './markers.ts'
import type { PiiDetectorOptions } from './options.ts'

const known = Object.keys(entityTypes).join(', ')

/** What the schema cannot say about the options: entity names, patterns, regions, and what this version does not do. */
export function findOptionProblems(options: PiiDetectorOptions): OptionProblem[] {
  return [
    ...options.entities.flatMap((name, index) => entityProblem(name, `entities[${index}]`)),
    ...options.detect_patterns.flatMap((entry, index) =>
      patternProblem(entry, `detect_patterns[${index}]`),
    ),
    ...options.phone_regions.flatMap((region, index) => regionProblem(region, index)),
    ...Object.keys(options.redaction.custom_markers).flatMap(markerProblem),
    ...numberProblems(options),
    ...laterProblems(options),
  ]
}

function entityProblem(name: string, path: string): OptionProblem[] {
  if (entityNamed(name) !== null) return []
  if (isLaterEntity(name)) {
    return [
      later(path, `${name} is known, but not looked for in this version`, `Available: ${known}`),
    ]
  }
  return [{ path, message: `unknown entity ${JSON.stringify(name)}`, suggestion: suggestion(name) }]
}

function suggestion(name: string): string {
  const near = nearestEntity(name)
  return near === null ? `Available: ${known}` : `Did you mean ${near}?`
}

function patternProblem(entry: string, path: string): OptionProblem[] {
  if (entityNamed(entry) !== null) return []
  if (isLaterEntity(entry)) return entityProblem(entry, path)
  return patternProblems(entry, path)
}

function regionProblem(region: string, index: number): OptionProblem[] {
  if (isSupportedCountry(region)) return []
  return [
    {
      path: `phone_regions[${index}]`,
      message: `${region} is not a region with phone numbers`,
      suggestion: 'Use two-letter ISO 3166-1 codes such as US, GB, DE',
    },
  ]
}

function markerProblem(name: string): OptionProblem[] {
  if (markerType(name) !== null) return []
  return entityProblem(name, `redaction.custom_markers.${name}`)
}

/** What cannot go together with numbered markers, or without them. */
function numberProblems({ redaction, action }: PiiDetectorOptions): OptionProblem[] {
  const { marker_format, restore, preserve_length } = redaction
  const problems: OptionProblem[] = []
  if (restore && marker_format !== 'numbered') {
    problems.push({
      path: 'redaction.restore',
      message: `values can be restored behind numbered markers only, and marker_format is ${marker_format}`,
      suggestion: 'Set marker_format: numbered, or remove restore',
    })
  }
  if (restore && action === 'block') {
    problems.push({
      path: 'redaction.restore',
      message: 'nothing is restored where the call is refused: action is block',
      suggestion: 'Set action: redact, or remove restore',
    })
  }
  if ((marker_format === 'hash') !== (redaction.hash_key_ref.env !== '')) {
    problems.push(
      marker_format === 'hash'
        ? {
            path: 'redaction.marker_format',
            message: 'hash markers need a key: without one anybody could try out values',
            suggestion: 'Add hash_key_ref: {env: NAME} beside it',
          }
        : {
            path: 'redaction.hash_key_ref',
            message: `a key is for hash markers, and marker_format is ${marker_format}`,
            suggestion: 'Set marker_format: hash, or remove hash_key_ref',
          },
    )
  }
  if (preserve_length && (marker_format === 'numbered' || marker_format === 'hash')) {
    problems.push({
      path: 'redaction.preserve_length',
      message: `a ${marker_format === 'hash' ? 'hash' : 'numbered'} marker of the length of its value would not be readable`,
      suggestion: 'Remove preserve_length, or use marker_format: partial',
    })
  }
  return problems
}

function laterProblems({ redaction, healthcare_mode, pci_mode, entities }: PiiDetectorOptions) {
  const problems: OptionProblem[] = []
  if (healthcare_mode) {
    problems.push(
      later(
        'healthcare_mode',
        'healthcare_mode is known, but not available in this version',
        'Remove it; until then name your number formats in detect_patterns',
      ),
    )
  }
  if (!redaction.include_metadata) {
    problems.push({
      ...later(
        'redaction.include_metadata',
        'events always hold type and position of each finding, never its text',
        'Remove it',
      ),
      severity: 'warning',
    })
  }
  if (pci_mode === false && entities.includes('CREDIT_CARD')) {
    problems.push({
      path: 'pci_mode',
      message: 'pci_mode: false takes nothing away: CREDIT_CARD is still looked for',
      suggestion: 'To leave cards alone, list the entities you want without CREDIT_CARD',
      severity: 'warning',
    })
  }
  return problems
}

function later(path: string, message: string, suggestion: string): OptionProblem {
  return { path, message, suggestion, code: 'E011' }
}
