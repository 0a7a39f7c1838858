import { isSupportedCountry } from 'libphonenumber-js/min'
import { patternProblems } from '../../scan/customer-pattern.ts'
import type { OptionProblem } from '../policy.ts'
import {
  entitiesNamed,
  entityNames,
  isLaterEntity,
  nearestEntity,
  needsPlugin,
  plainName,
} from './entity-types.ts'
import { markerType } from './markers.ts'
import type { PiiDetectorOptions } from './options.ts'

// All of them would fill a screen.
const known = `${entityNames.slice(0, 8).join(', ')} and ${entityNames.length - 8} more, listed in the README of pii-detector`

/** What the schema cannot say about the options: entity names, patterns, regions, and what this version does not do. */
export function findOptionProblems(
  options: PiiDetectorOptions,
  offered: ReadonlySet<string>,
): OptionProblem[] {
  const isOffered = (name: string): boolean => offered.has(plainName(name))
  return [
    ...options.entities.flatMap((name, index) =>
      isOffered(name)
        ? requestsOnly(name, `entities[${index}]`)
        : entityProblem(name, `entities[${index}]`),
    ),
    ...options.detect_patterns.flatMap((entry, index) =>
      patternProblem(entry, `detect_patterns[${index}]`),
    ),
    ...options.phone_regions.flatMap((region, index) => regionProblem(region, index)),
    ...Object.keys(options.thresholds).flatMap((name) =>
      isOffered(name) ? [] : entityProblem(name, `thresholds.${name}`),
    ),
    ...options.context.flatMap(({ entity }, index) =>
      entityProblem(entity, `context[${index}].entity`),
    ),
    ...options.allow_patterns.flatMap((entry, index) =>
      sourceProblem(entry, `allow_patterns[${index}]`),
    ),
    ...options.deny_list.flatMap(termProblems),
    ...markerProblems(options, isOffered),
    ...numberProblems(options),
    ...laterProblems(options),
  ]
}

function entityProblem(name: string, path: string): OptionProblem[] {
  if (entitiesNamed(name).length > 0) return []
  if (needsPlugin(name)) {
    return [
      later(
        path,
        `${name} needs a recogniser plug-in: no form or check digit tells it from other words`,
        `Remove it, or add a recogniser with --plugin (docs/guides/plug-in-a-model.md). Built in: ${known}`,
      ),
    ]
  }
  if (isLaterEntity(name)) {
    return [
      later(path, `${name} is known, but not looked for in this version`, `Available: ${known}`),
    ]
  }
  return [{ path, message: `unknown entity ${JSON.stringify(name)}`, suggestion: suggestion(name) }]
}

/** Nobody shall believe that answers are searched too. */
function requestsOnly(name: string, path: string): OptionProblem[] {
  return [
    {
      path,
      message: `${plainName(name)} is looked for by a plug-in, in requests only: answers are not searched for it`,
      suggestion: 'Nothing to do, if requests are enough',
      severity: 'warning',
    },
  ]
}

function suggestion(name: string): string {
  const near = nearestEntity(name)
  return near === null ? `Available: ${known}` : `Did you mean ${near}?`
}

function patternProblem(entry: string, path: string): OptionProblem[] {
  if (entitiesNamed(entry).length > 0) return []
  if (isLaterEntity(entry) || needsPlugin(entry)) return entityProblem(entry, path)
  return patternProblems(entry, path)
}

/** The same for a pattern that is compared with values only: no match of it is cut. */
function sourceProblem(entry: string, path: string): OptionProblem[] {
  return patternProblems(entry, path).filter(({ severity }) => severity !== 'warning')
}

function termProblems(
  { terms }: PiiDetectorOptions['deny_list'][number],
  index: number,
): OptionProblem[] {
  return terms.flatMap((term, place) =>
    /^\s*[\p{L}\p{N}]/u.test(term)
      ? []
      : [
          {
            path: `deny_list[${index}].terms[${place}]`,
            message: 'a term begins with a letter or a digit: it is looked for where a word begins',
            suggestion: 'Leave the first sign out, or write a pattern into detect_patterns',
          },
        ],
  )
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

function markerProblems(
  { redaction, deny_list }: PiiDetectorOptions,
  isOffered: (name: string) => boolean,
): OptionProblem[] {
  const denied = new Set(deny_list.map(({ type }) => plainName(type)))
  return Object.keys(redaction.custom_markers).flatMap((name) =>
    markerType(name) !== null || denied.has(plainName(name)) || isOffered(name)
      ? []
      : entityProblem(name, `redaction.custom_markers.${name}`),
  )
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

function laterProblems({ redaction, pci_mode, entities }: PiiDetectorOptions) {
  const problems: OptionProblem[] = []
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
