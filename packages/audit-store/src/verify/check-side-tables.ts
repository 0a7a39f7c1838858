import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import type { OwnEvents, PlacedEvent } from './own-events.ts'
import type { Findings } from './report.ts'

/** Checks the configurations that events name, the wrapped keys of contents, and what the log says about itself. */
export function checkSideTables(
  database: Database.Database,
  { own, isWhole, findings }: { own: OwnEvents; isWhole: boolean; findings: Findings },
): void {
  checkConfigs(database, own.configs, findings)
  checkPayloadKeys(database, findings)
  checkMeta(database, { own, isWhole, findings })
}

function checkConfigs(
  database: Database.Database,
  named: ReadonlyMap<string, number>,
  findings: Findings,
): void {
  const hashes = database.prepare('SELECT hash FROM configs').pluck().all() as string[]
  const canonical = database.prepare('SELECT canonical FROM configs WHERE hash = ?').pluck()
  for (const hash of hashes) {
    if (hash === sha256(String(canonical.get(hash)))) continue
    findings.add({
      code: 'config-changed',
      message: `The configuration stored as ${hash} is not the one of that hash.`,
    })
  }
  const stored = new Set(hashes)
  for (const [hash, seq] of named) {
    if (stored.has(hash)) continue
    findings.add({
      code: 'config-missing',
      seq,
      message: `The configuration that event ${seq} names is missing.`,
    })
  }
}

function checkPayloadKeys(database: Database.Database, findings: Findings): void {
  const rows = database.prepare('SELECT key_id, wrapped FROM payload_keys').all() as {
    readonly key_id: string
    readonly wrapped: Buffer
  }[]
  for (const { key_id, wrapped } of rows) {
    if (key_id === sha256(wrapped).slice(0, 32)) continue
    findings.add({
      code: 'payload-changed',
      message: `The wrapped key ${key_id} of kept contents is not the one of that id.`,
    })
  }
}

/** `meta` holds the id of the log, which every event and checkpoint names too, and which prompt key is in force. */
function checkMeta(
  database: Database.Database,
  { own, isWhole, findings }: { own: OwnEvents; isWhole: boolean; findings: Findings },
): void {
  const rows = database.prepare('SELECT key, value FROM meta').raw().all() as [string, string][]
  const meta = new Map(rows)
  const unknown = rows.filter(([key]) => key !== 'log' && key !== 'prompt_key')
  for (const [key] of unknown) {
    findings.add({
      code: 'meta-changed',
      message: `The log has an entry "${key}" in meta that means nothing.`,
    })
  }
  const told = newestPromptKey(own)
  if (told === null ? !isWhole || own.genesis.length === 0 : told === meta.get('prompt_key')) return
  findings.add({
    code: 'meta-changed',
    message: 'The prompt key in meta is not the one that the events of the log brought in.',
  })
}

function newestPromptKey({ genesis, rotations, prunings }: OwnEvents): string | null {
  const telling: readonly PlacedEvent[] = [...genesis, ...rotations, ...prunings]
  const newest = telling
    .filter(({ event }) => typeof event['prompt_key'] === 'string')
    .sort((left, right) => left.seq - right.seq)
    .at(-1)
  return newest === undefined ? null : String(newest.event['prompt_key'])
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
