import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'

/** Today, as in `2026-11-26`. */
export const today = new Date().toISOString().slice(0, 10)

/** What a result was measured on. */
export const machine = `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}, ${process.platform}`

/** Keeps a result as `results/<name>.md`. */
export function saveResult(name: string, text: string): void {
  const folder = fileURLToPath(new URL('../results/', import.meta.url))
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}${name}.md`, text)
}
