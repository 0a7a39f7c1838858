import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** One labelled text of a data folder. */
export interface Row {
  readonly id: string
  readonly text: string
  /** `repository:path`. */
  readonly source: string
  readonly subset?: string
  /** Names what belongs together when `source` does not. */
  readonly group?: string
  readonly licence?: string
  /** The licence allows weights that are learned from the row to be shipped. */
  readonly trainable?: boolean
}

export interface InjectionRow extends Row {
  readonly label: 'injection' | 'benign'
}

/** A stretch that is an entity, in UTF-16 units. */
export interface EntitySpan {
  readonly start: number
  readonly end: number
  readonly type: string
}

export interface EntityRow extends Row {
  readonly spans: readonly EntitySpan[]
  /** The types of which every occurrence in the row is labelled. */
  readonly annotated: readonly string[]
}

export interface CredentialRow extends Row {
  readonly label: 'secret' | 'clean'
  /** Name of the format in the collection that the row comes from. */
  readonly rule: string
}

/** Every row of the `.jsonl.gz` files of `folder` whose name begins with one of `prefixes`, in the order of the names. */
export function readRows<R extends Row>(folder: string, ...prefixes: readonly string[]): R[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl.gz'))
    .filter((name) => prefixes.some((prefix) => name.startsWith(prefix)))
    .sort()
    .flatMap((name) =>
      gunzipSync(readFileSync(join(folder, name)))
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as R),
    )
}

/**
 * Where a row comes from: rows of one group are never on both sides of a split. A repository is one group, however many
 * files it gave and whichever data file they are in.
 */
export function groupOf({ group, source }: Pick<Row, 'group' | 'source'>): string {
  // Two data files hold rows of this repository: one with a group, one without.
  if (group !== undefined && group !== 'garak2') return group
  return source.replace(/^generated: /, '').split(/[: ]/)[0] ?? source
}
