import { timingSafeEqual } from 'node:crypto'
import type Database from 'better-sqlite3'
import { AccessError } from './access-error.ts'
import { createSecret, hashSecret, isSecret, newId } from './secrets.ts'

/** What a client service authenticates with. Times are milliseconds since the epoch. */
export interface GatewayKey {
  /** `gk_` and 12 hex digits: what is listed and revoked. */
  readonly id: string
  /** For people. */
  readonly name: string | null
  /** Who calls with it. */
  readonly subject: string
  readonly roles: readonly string[]
  /** Models it is limited to, exact names or with `*` at the end; `null`: all. */
  readonly models: readonly string[] | null
  readonly created: number
  /** `null`: never. */
  readonly expires: number | null
  readonly revoked: number | null
}

/** What a new key is to be. */
export interface GatewayKeyInput {
  readonly subject: string
  readonly roles?: readonly string[]
  readonly models?: readonly string[] | null
  readonly name?: string | null
  readonly expires?: number | null
}

/** Why a key proves nothing; callers of the gateway are told the same for all. */
export type KeyProblem = 'malformed' | 'unknown' | 'revoked' | 'expired'

export interface GatewayKeys {
  /** Returns the secret too: the only time it can be seen. Throws `AccessError` `bad-key`. */
  create(input: GatewayKeyInput): { readonly key: GatewayKey; readonly secret: string }
  /** Newest first, revoked and expired ones included. */
  list(): readonly GatewayKey[]
  /** Ends a key for the next call, in every process; `null` when there is none of this id. Revoking twice changes nothing. */
  revoke(id: string): GatewayKey | null
  /** The key of a secret, or why it is none. Reads the table each time. */
  verify(secret: string): GatewayKey | KeyProblem
}

interface KeyRow {
  readonly id: string
  readonly key_hash: Buffer
  readonly name: string | null
  readonly subject: string
  readonly roles: string
  readonly models: string | null
  readonly created: number
  readonly expires: number | null
  readonly revoked: number | null
}

const mostEntries = 100

/** The keys' table; holds hashes of keys, never keys. */
export function gatewayKeysIn(db: Database.Database, now: () => number): GatewayKeys {
  const insert = db.prepare(
    `INSERT INTO gateway_keys (id, key_hash, name, subject, roles, models, created, expires)
     VALUES (:id, :hash, :name, :subject, :roles, :models, :created, :expires)`,
  )
  const all = db.prepare<[], KeyRow>('SELECT * FROM gateway_keys ORDER BY created DESC, rowid DESC')
  const byId = db.prepare<[string], KeyRow>('SELECT * FROM gateway_keys WHERE id = ?')
  const byHash = db.prepare<[Buffer], KeyRow>('SELECT * FROM gateway_keys WHERE key_hash = ?')
  const end = db.prepare('UPDATE gateway_keys SET revoked = ? WHERE id = ? AND revoked IS NULL')
  return {
    create(input) {
      const key = checked(input, now())
      const secret = createSecret('gatewayKey')
      const { roles, models } = key
      insert.run({
        ...key,
        hash: hashSecret(secret),
        roles: JSON.stringify(roles),
        models: models && JSON.stringify(models),
      })
      return { key, secret }
    },
    list: () => all.all().map(toKey),
    revoke(id) {
      end.run(now(), id)
      const row = byId.get(id)
      return row === undefined ? null : toKey(row)
    },
    verify(secret) {
      if (!isSecret('gatewayKey', secret)) return 'malformed'
      const hash = hashSecret(secret)
      const row = byHash.get(hash)
      if (row === undefined || !timingSafeEqual(row.key_hash, hash)) return 'unknown'
      if (row.revoked !== null) return 'revoked'
      if (row.expires !== null && row.expires <= now()) return 'expired'
      return toKey(row)
    },
  }
}

function toKey({ key_hash: _, roles, models, ...row }: KeyRow): GatewayKey {
  return { ...row, roles: JSON.parse(roles), models: models === null ? null : JSON.parse(models) }
}

function checked(input: GatewayKeyInput, now: number): GatewayKey {
  const { subject, roles = [], models = null, name = null, expires = null } = input
  demandNames('subject', [subject])
  demandNames('role', roles)
  demandNames('model', models ?? [])
  if (name !== null) demandNames('name', [name])
  if (roles.some((role) => role.includes(',')))
    throw badKey('A role holds a comma, which separates roles in headers.')
  if (models?.some((model) => model.slice(0, -1).includes('*')))
    throw badKey('A model holds a * that is not its last character.')
  if (models?.length === 0) throw badKey('The list of models is empty: such a key could call none.')
  if (expires !== null && expires <= now) throw badKey('The key would have expired already.')
  return {
    ...{ id: newId('gk'), name, subject, roles: [...new Set(roles)] },
    models: models && [...new Set(models)],
    ...{ created: now, expires, revoked: null },
  }
}

function demandNames(what: string, names: readonly string[]): void {
  if (names.length > mostEntries) throw badKey(`There are more than ${mostEntries} of "${what}".`)
  for (const name of names)
    if (name.trim() !== name || name === '' || name.length > 200 || /\p{Cc}/u.test(name))
      throw badKey(`A ${what} is empty, longer than 200 characters, or has blanks around it.`)
}

function badKey(message: string): AccessError {
  return new AccessError('bad-key', message, 'Change it and create the key again.')
}
