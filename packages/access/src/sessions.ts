import { timingSafeEqual } from 'node:crypto'
import type Database from 'better-sqlite3'
import type { Operator } from './operators.ts'
import { createSecret, hashSecret, isSecret } from './secrets.ts'

const hourMs = 60 * 60 * 1000

/** How long a session of somebody with a password lasts: 30 days, in milliseconds. */
const SESSION_MS = 30 * 24 * hourMs

/** And that of whoever signs in at a provider, which tells nobody that a person has left or has other roles now. */
const EXTERNAL_SESSION_MS = 12 * hourMs

/** A session that is valid now. Times are milliseconds since the epoch. */
export interface Session {
  readonly operator: Operator
  readonly created: number
  readonly expires: number
}

interface SessionRow {
  readonly token_hash: Buffer
  readonly created: number
  readonly expires: number
  readonly id: string
  readonly email: string
  readonly role: Operator['role']
  readonly operator_created: number
  readonly issuer: string | null
}

export interface Sessions {
  /** Returns the token: the only time it can be seen. */
  create(operator: Operator, now: number): { token: string; session: Session }
  verify(token: string, now: number): Session | null
  /** True when the session was valid until now. */
  revoke(token: string, now: number): boolean
}

/** The sessions' table; holds hashes of tokens, never tokens. */
export function sessionsIn(db: Database.Database): Sessions {
  const forget = db.prepare('DELETE FROM sessions WHERE expires <= ?')
  const insert = db.prepare(
    'INSERT INTO sessions (token_hash, operator_id, created, expires) VALUES (?, ?, ?, ?)',
  )
  const find = db.prepare<[Buffer, number], SessionRow>(
    `SELECT s.token_hash, s.created, s.expires, o.id, o.email, o.role, o.created AS operator_created, o.issuer
     FROM sessions s JOIN operators o ON o.id = s.operator_id
     WHERE s.token_hash = ? AND s.revoked IS NULL AND s.expires > ?`,
  )
  const revoke = db.prepare(
    'UPDATE sessions SET revoked = ? WHERE token_hash = ? AND revoked IS NULL AND expires > ?',
  )
  return {
    create(operator, now) {
      const token = createSecret('session')
      const expires = now + (operator.issuer === null ? SESSION_MS : EXTERNAL_SESSION_MS)
      forget.run(now)
      insert.run(hashSecret(token), operator.id, now, expires)
      return { token, session: { operator, created: now, expires } }
    },
    verify(token, now) {
      if (!isSecret('session', token)) return null
      const hash = hashSecret(token)
      const row = find.get(hash, now)
      return row !== undefined && timingSafeEqual(row.token_hash, hash) ? toSession(row) : null
    },
    revoke: (token, now) =>
      isSecret('session', token) && revoke.run(now, hashSecret(token), now).changes > 0,
  }
}

function toSession(row: SessionRow): Session {
  const { id, email, role, issuer } = row
  const operator = { id, email, role, created: row.operator_created, issuer }
  return { operator, created: row.created, expires: row.expires }
}
