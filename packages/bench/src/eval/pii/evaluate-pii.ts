import type { PolicyDefinition } from '@keeptrusts/core'
import type { CompiledPolicy } from '../compiled-policy.ts'
import { compilePolicy, isCompiled, mustCompile } from '../compiled-policy.ts'
import { groupBy } from '../group-by.ts'
import { shareOf } from '../metrics/ranking.ts'
import type { Figures, SpanCounts } from '../metrics/span-figures.ts'
import {
  addRow,
  isSame,
  noCounts,
  overlapFigures,
  spurious,
  strictFigures,
} from '../metrics/span-figures.ts'
import type { EntityRow, EntitySpan } from '../rows.ts'
import { groupOf, readRows } from '../rows.ts'
import { supportedEntities } from './supported-entities.ts'

/** One entity in the rows of one source; `source` is `all` over all of them. */
export interface EntityFigures {
  readonly entity: string
  readonly source: string
  readonly rows: number
  readonly labelled: number
  readonly found: number
  readonly strict: Figures
  readonly overlap: Figures
  /** Findings that overlap nothing labelled, per 1,000 rows. */
  readonly spuriousPer1000: number
}

/** A run with options that are not the defaults, for the entities that they change. */
interface VariantFigures {
  readonly options: string
  readonly figures: readonly EntityFigures[]
}

export interface PiiResult {
  readonly entities: readonly EntityFigures[]
  /** Rows in which exactly the labelled spans were found, of those that are labelled for more than one entity. */
  readonly rowExact: readonly { source: string; rows: number; share: number }[]
  readonly variants: readonly VariantFigures[]
  /** Types of the rows that the policy does not look for. */
  readonly notLookedFor: readonly string[]
}

const variants: readonly { entity: string; options: Readonly<Record<string, unknown>> }[] = [
  ...['precise', 'balanced', 'recall'].map((mode) => ({
    entity: 'PERSON',
    options: { person: { mode } },
  })),
  {
    entity: 'PHONE_NUMBER',
    options: { phone_regions: ['US', 'GB', 'DE', 'FR', 'IL', 'IN', 'CA', 'BR'] },
  },
]

/** Measures the policy on `pii*` and `person*.jsonl.gz` of the folder; `null` when there are no such rows. */
export function evaluatePii(definition: PolicyDefinition, folder: string): PiiResult | null {
  const rows = readRows<EntityRow>(folder, 'pii', 'person')
  if (rows.length === 0) return null
  const types = [...new Set(rows.flatMap(({ annotated }) => annotated))]
  const supported = supportedEntities(definition, types)
  const inspected = inspectAll(rows, supported, (entities) => mustCompile(definition, { entities }))
  const entities = [...supported.values()].flatMap((type) => entityFigures(inspected, type))
  return {
    entities,
    rowExact: rowExact(inspected),
    variants: variants.flatMap(({ entity, options }) => {
      const compiled = compilePolicy(definition, { entities: [entity], ...options })
      if (!supported.has(entity) || !isCompiled(compiled)) return []
      const of = rows.filter(({ annotated }) => annotated.includes(entity))
      // What takes a stretch first decides about the rest, so the other entities of the row stay switched on.
      const again = inspectAll(of, supported, (entities) =>
        mustCompile(definition, { entities, ...options }),
      )
      return [{ options: JSON.stringify(options), figures: entityFigures(again, entity) }]
    }),
    notLookedFor: types.filter((type) => !supported.has(type)).sort(),
  }
}

interface InspectedRow {
  readonly source: string
  /** By the names that the policy gives them. */
  readonly annotated: ReadonlySet<string>
  readonly labelled: readonly EntitySpan[]
  readonly found: readonly EntitySpan[]
}

/** Looks at each row for the entities that it is labelled for, as a configuration that names them would. */
function inspectAll(
  rows: readonly EntityRow[],
  supported: ReadonlyMap<string, string>,
  compile: (entities: readonly string[]) => CompiledPolicy,
): InspectedRow[] {
  return groupBy(rows, ({ annotated }) => annotated.join()).flatMap(([, members]) => {
    const annotated = (members[0]?.annotated ?? []).flatMap((type) => supported.get(type) ?? [])
    if (annotated.length === 0) return []
    const policy = compile(annotated)
    const wanted = new Set(annotated)
    return members.map((row) => ({
      source: row.subset ?? groupOf(row),
      annotated: wanted,
      labelled: row.spans.flatMap((span) => {
        const type = supported.get(span.type)
        return type === undefined || !wanted.has(type) ? [] : [{ ...span, type }]
      }),
      found: policy.inspect(row.text).filter(({ type }) => wanted.has(type)),
    }))
  })
}

function entityFigures(rows: readonly InspectedRow[], entity: string): EntityFigures[] {
  const of = rows.filter(({ annotated }) => annotated.has(entity))
  const sources = groupBy(of, ({ source }) => source)
  return [['all', of] as const, ...sources].flatMap(([source, members]) => {
    const counts = countSpans(members, entity)
    if (counts.labelled === 0 && counts.found === 0) return []
    return [
      {
        ...{ entity, source, rows: counts.rows, labelled: counts.labelled, found: counts.found },
        strict: strictFigures(counts),
        overlap: overlapFigures(counts),
        spuriousPer1000: (1000 * spurious(counts)) / counts.rows,
      },
    ]
  })
}

function countSpans(rows: readonly InspectedRow[], entity: string): SpanCounts {
  const counts = noCounts()
  const own = ({ type }: EntitySpan) => type === entity
  for (const row of rows) addRow(counts, row.labelled.filter(own), row.found.filter(own))
  return counts
}

function rowExact(rows: readonly InspectedRow[]): PiiResult['rowExact'] {
  const full = rows.filter(({ annotated }) => annotated.size > 1)
  return groupBy(full, ({ source }) => source).map(([source, members]) => ({
    source,
    rows: members.length,
    share: shareOf(members, isExact),
  }))
}

function isExact({ labelled, found }: InspectedRow): boolean {
  return (
    labelled.length === found.length &&
    labelled.every((one) => found.some((other) => isSame(one, other)))
  )
}
