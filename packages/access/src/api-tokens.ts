import { timingSafeEqual } from 'node:crypto'
import type Database from 'better-sqlite3'
import { AccessError } from './access-error.ts'
import type { Operator } from './operators.ts'
import type { Permission } from './permissions.ts'
import { permissions, permissionsOf } from './permissions.ts'
import { createSecret, hashSecret, isSecret, newId } from './secrets.ts'

/** What a program shows in place of the operator who made it. Times are milliseconds since the epoch. */
export interface ApiToken {
  /** `pt_` and 12 hex digits: what is listed and revoked. */
  readonly id: string
  readonly name: string
  /** Id of the operator who made it. */
  readonly operator: string
  /** What it may do, as far as its operator still may. */
  readonly scopes: readonly Permission[]
  readonly created: number
  readonly expires: number
  readonly revoked: number | null
}

interface ApiTokenInput {
  readonly operator: Operator
  readonly name: string
  readonly scopes: readonly string[]
  readonly expires: number
}

export interface ApiTokens {
  /** Returns the token too: the only time it can be seen. Throws `AccessError` `bad-token`. */
  create(input: ApiTokenInput): { readonly token: ApiToken; readonly secret: string }
  /** Those of one operator, or everybody's, newest first. */
  list(operator?: string): readonly ApiToken[]
  byId(id: string): ApiToken | null
  /** Ends a token for every process; `null` when there is none of this id. */
  revoke(id: string): ApiToken | null
  /** The valid token of a secret; `null` for any other. */
  verify(secret: string): ApiToken | null
}

interface TokenRow extends Omit<ApiToken, 'operator' | 'scopes'> {
  readonly token_hash: Buffer
  readonly operator_id: string
  readonly scopes: string
}

/** A year, in milliseconds: what nobody renews is forgotten somewhere. */
const longestLife = 366 * 24 * 60 * 60 * 1000

/** The tokens' table; holds hashes of tokens, never tokens. */
export function apiTokensIn(db: Database.Database, now: () => number): ApiTokens {
  const insert = db.prepare(
    `INSERT INTO api_tokens (id, token_hash, operator_id, name, scopes, created, expires)
     VALUES (:id, :hash, :operator, :name, :scopes, :created, :expires)`,
  )
  const all = db.prepare<[], TokenRow>('SELECT * FROM api_tokens ORDER BY created DESC, rowid DESC')
  const byId = db.prepare<[string], TokenRow>('SELECT * FROM api_tokens WHERE id = ?')
  const byHash = db.prepare<[Buffer, number], TokenRow>(
    'SELECT * FROM api_tokens WHERE token_hash = ? AND revoked IS NULL AND expires > ?',
  )
  const end = db.prepare('UPDATE api_tokens SET revoked = ? WHERE id = ? AND revoked IS NULL')
  const find = (id: string): ApiToken | null => {
    const row = byId.get(id)
    return row === undefined ? null : toToken(row)
  }
  return {
    create(input) {
      const token = checked(input, now())
      const secret = createSecret('apiToken')
      insert.run({ ...token, hash: hashSecret(secret), scopes: JSON.stringify(token.scopes) })
      return { token, secret }
    },
    list: (operator) =>
      all
        .all()
        .map(toToken)
        .filter((token) => operator === undefined || token.operator === operator),
    byId: find,
    revoke(id) {
      end.run(now(), id)
      return find(id)
    },
    verify(secret) {
      if (!isSecret('apiToken', secret)) return null
      const hash = hashSecret(secret)
      const row = byHash.get(hash, now())
      return row !== undefined && timingSafeEqual(row.token_hash, hash) ? toToken(row) : null
    },
  }
}

function toToken({ token_hash: _, operator_id: operator, scopes, ...row }: TokenRow): ApiToken {
  return { ...row, operator, scopes: JSON.parse(scopes) }
}

function checked({ operator, name, scopes, expires }: ApiTokenInput, now: number): ApiToken {
  if (name.trim() === '' || name.length > 200 || /\p{Cc}/u.test(name))
    throw badToken('The name of the token is empty or longer than 200 characters.')
  if (expires <= now || expires > now + longestLife)
    throw badToken('The token would have expired already, or live longer than a year.')
  if (scopes.length === 0)
    throw badToken(`The token has no scope. Scopes: ${permissions.join(', ')}.`)
  const known = scopes.map((scope) => {
    const permission = permissions.find((one) => one === scope)
    if (permission === undefined)
      throw badToken(`There is no scope ${scope.slice(0, 60)}. Scopes: ${permissions.join(', ')}.`)
    if (!permissionsOf[operator.role].includes(permission))
      throw badToken(`The role ${operator.role} does not have ${permission} itself.`)
    return permission
  })
  return {
    ...{ id: newId('pt'), name, operator: operator.id, scopes: [...new Set(known)] },
    ...{ created: now, expires, revoked: null },
  }
}

function badToken(message: string): AccessError {
  return new AccessError('bad-token', message, 'Change it and create the token again.')
}
