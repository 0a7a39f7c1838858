import type Database from 'better-sqlite3'
import type { AppendStatements } from './append-entries.ts'

/** Keeps the note of the newest event as a checkpoint, for ever. Returns its size, or `null` when it is kept already. */
export function keepTip(
  database: Database.Database,
  { statements }: { readonly statements: AppendStatements },
): number | null {
  const tip = database.prepare('SELECT size, tip_note AS note FROM head').get() as {
    readonly size: number
    readonly note: string | null
  }
  const kept = database.prepare('SELECT max(size) FROM checkpoints').pluck().get() as number | null
  if (tip.note === null || tip.size <= (kept ?? 0)) return null
  statements.checkpoint.run(tip.size, tip.note)
  return tip.size
}
