// Rows of a data folder: gzipped JSON lines with at least `text`, `label`, `source`.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** Every row of the `.jsonl.gz` files of `folder` whose name begins with `prefix`. */
export function readRows(folder, prefix) {
  return readdirSync(folder)
    .filter((name) => name.startsWith(prefix) && name.endsWith('.jsonl.gz'))
    .sort()
    .flatMap((name) =>
      gunzipSync(readFileSync(join(folder, name)))
        .toString('utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line)),
    )
}

/** Where a row comes from: rows of one group are never on both sides of a split. */
export function groupOf(row) {
  if (row.group !== undefined && row.group !== 'garak2') return row.group
  return row.source.replace(/^generated: /, '').split(':')[0]
}

/** The value after `--name` on the command line. */
export function argument(name) {
  const index = process.argv.indexOf(`--${name}`)
  return index < 0 ? undefined : process.argv[index + 1]
}
