import type { PolicyDefinition } from '@keeptrusts/core'
import { mustCompile } from '../compiled-policy.ts'
import { groupBy } from '../group-by.ts'
import { harmlessKind } from '../injection/text-kinds.ts'
import type { CredentialRow, InjectionRow } from '../rows.ts'
import { groupOf, readRows } from '../rows.ts'

/** The rows of one format of one collection. */
interface FormatFigures {
  readonly source: string
  readonly format: string
  readonly secrets: number
  readonly found: number
  readonly clean: number
  readonly alarms: number
}

export interface CredentialResult {
  readonly sources: readonly (Omit<FormatFigures, 'format'> & {
    /** Formats with secrets, and those of them of which at least one was found. */
    readonly formats: number
    readonly supported: number
    /** Of the secrets of those formats, the share that was found. */
    readonly recallOfSupported: number
  })[]
  readonly formats: readonly FormatFigures[]
  readonly harmless: readonly { kind: string; prompts: number; alarms: number }[]
  /** Which rules raised the alarms on harmless prompts. */
  readonly alarmRules: Readonly<Record<string, number>>
}

/** Measures the policy's built-in rules on `secrets*.jsonl.gz` and on the harmless rows of `injection*`; `null` without such rows. */
export function evaluateCredentials(
  definition: PolicyDefinition,
  folder: string,
): CredentialResult | null {
  const rows = readRows<CredentialRow>(folder, 'secrets')
  if (rows.length === 0) return null
  const policy = mustCompile(definition, {})
  // What is only reported (names of models, say) is no alarm.
  const inspect = (text: string) =>
    policy.inspect(text).filter(({ action }) => action === 'redact' || action === 'block')
  const isFound = ({ text }: { readonly text: string }) => inspect(text).length > 0
  const formats = formatFigures(rows, isFound)
  const prompts = readRows<InjectionRow>(folder, 'injection')
    .filter(({ label }) => label === 'benign')
    .map((row) => ({ kind: harmlessKind(row), found: inspect(row.text) }))
  const alarmRules: Record<string, number> = {}
  for (const { rule } of prompts.flatMap(({ found }) => found)) {
    alarmRules[rule] = (alarmRules[rule] ?? 0) + 1
  }
  return {
    sources: groupBy(formats, ({ source }) => source).map(([source, of]) =>
      sourceFigures(source, of),
    ),
    formats,
    harmless: groupBy(prompts, ({ kind }) => kind).map(([kind, members]) => ({
      kind,
      prompts: members.length,
      alarms: members.filter(({ found }) => found.length > 0).length,
    })),
    alarmRules,
  }
}

function formatFigures(
  rows: readonly CredentialRow[],
  isFound: (row: CredentialRow) => boolean,
): FormatFigures[] {
  return groupBy(rows, (row) => `${groupOf(row)}\n${row.rule}`).flatMap(([, members]) => {
    const [first] = members
    if (first === undefined) return []
    const secrets = members.filter(({ label }) => label === 'secret')
    const clean = members.filter(({ label }) => label === 'clean')
    return {
      ...{ source: groupOf(first), format: first.rule },
      ...{ secrets: secrets.length, found: secrets.filter(isFound).length },
      ...{ clean: clean.length, alarms: clean.filter(isFound).length },
    }
  })
}

function sourceFigures(
  source: string,
  formats: readonly FormatFigures[],
): CredentialResult['sources'][number] {
  const sum = (of: readonly FormatFigures[], key: 'secrets' | 'found' | 'clean' | 'alarms') =>
    of.reduce((total, one) => total + one[key], 0)
  const withSecrets = formats.filter(({ secrets }) => secrets > 0)
  const supported = withSecrets.filter(({ found }) => found > 0)
  return {
    source,
    ...{ secrets: sum(formats, 'secrets'), found: sum(formats, 'found') },
    ...{ clean: sum(formats, 'clean'), alarms: sum(formats, 'alarms') },
    ...{ formats: withSecrets.length, supported: supported.length },
    recallOfSupported: sum(supported, 'found') / sum(supported, 'secrets'),
  }
}
