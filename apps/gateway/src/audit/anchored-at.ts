import { statSync } from 'node:fs'
import { join } from 'node:path'

/** When the anchor file of a log was last written, milliseconds since the epoch; `null` when there is none. */
export function anchoredAt(configDir: string, log: string): number | null {
  const file = join(configDir, 'anchors', `${log}.jsonl`)
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null
}
