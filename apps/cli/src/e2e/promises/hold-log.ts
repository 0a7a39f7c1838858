import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Bench } from '../guards/bench.ts'

/** Keeps the writer of a log from committing until the returned function is called, as a disk that hangs does. */
export function holdLog({ sandbox }: Bench): () => void {
  const database = new Database(join(sandbox.dataDir, 'audit', 'audit.db'), { timeout: 5000 })
  database.exec('BEGIN IMMEDIATE')
  return () => {
    if (database.open) database.close()
  }
}
