import { randomUUID } from 'node:crypto'
import type Database from 'better-sqlite3'
import { AccessError } from './access-error.ts'
import type { Role } from './permissions.ts'

/** A person who may do something with the gateway itself. */
export interface Operator {
  /** `op_` and a UUID. */
  readonly id: string
  /** Lower case. */
  readonly email: string
  readonly role: Role
  /** Milliseconds since the epoch. */
  readonly created: number
  /** OpenID provider at which this person signs in; `null` for one with a password here. */
  readonly issuer: string | null
}

interface OperatorRow extends Operator {
  readonly password: string | null
  readonly subject: string | null
}

/** Who an OpenID provider says somebody is. */
export interface ExternalIdentity {
  readonly issuer: string
  /** `sub` there: the only name that never changes hands. */
  readonly subject: string
  readonly email: string
  readonly role: Role
}

export interface Operators {
  /** Whether there is one with a password. */
  any(): boolean
  list(): readonly Operator[]
  byId(id: string): Operator | undefined
  /** Those with a password only. */
  byEmail(email: string): OperatorRow | undefined
  /** Adds the first operator with a password; `null` when there is one already, also when another process was faster. */
  addFirst(email: string, password: string, created: number): Operator | null
  /** Throws `AccessError` `operator-exists`. */
  add(operator: Pick<OperatorRow, 'email' | 'role' | 'created'> & { password: string }): Operator
  /** Finds or adds who signed in elsewhere; e-mail and role follow what was said there. */
  external(identity: ExternalIdentity, now: number): Operator
  /** Throws `AccessError`: `operator-unknown`, `last-admin`. */
  setRole(id: string, role: Role): Operator
  /** Ends all sessions of the operator. Throws `AccessError` `operator-unknown`, also for one without a password. */
  setPassword(id: string, password: string, now: number): Operator
  /** Ends sessions and tokens too. Throws `AccessError`: `operator-unknown`, `last-admin`. */
  remove(id: string): Operator
}

/** The operators' table. E-mails are taken as given: normalise first. */
export function operatorsIn(db: Database.Database): Operators {
  const any = db.prepare<[], { n: number }>(
    'SELECT EXISTS (SELECT 1 FROM operators WHERE issuer IS NULL) AS n',
  )
  const all = db.prepare<[], OperatorRow>('SELECT * FROM operators ORDER BY created, rowid')
  const byId = db.prepare<[string], OperatorRow>('SELECT * FROM operators WHERE id = ?')
  const byEmail = db.prepare<[string], OperatorRow>(
    'SELECT * FROM operators WHERE email = ? AND issuer IS NULL',
  )
  const bySubject = db.prepare<[string, string], OperatorRow>(
    'SELECT * FROM operators WHERE issuer = ? AND subject = ?',
  )
  // Whoever signs in elsewhere cannot come back when that provider is gone: at least one admin has a password.
  const otherAdmins = db.prepare<[string], { n: number }>(
    `SELECT count(*) AS n FROM operators WHERE role = 'admin' AND issuer IS NULL AND id <> ?`,
  )
  const insert = db.prepare(
    `INSERT INTO operators (id, email, password, role, created, issuer, subject)
     VALUES (:id, :email, :password, :role, :created, :issuer, :subject)`,
  )
  const change = db.prepare('UPDATE operators SET email = ?, role = ? WHERE id = ?')
  const changePassword = db.prepare('UPDATE operators SET password = ? WHERE id = ?')
  const endSessions = db.prepare('UPDATE sessions SET revoked = ? WHERE operator_id = ?')
  const removals = ['sessions', 'api_tokens'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE operator_id = ?`),
  )
  const removeRow = db.prepare('DELETE FROM operators WHERE id = ?')
  const hasAny = () => any.get()?.n === 1

  function required(id: string): OperatorRow {
    const row = byId.get(id)
    if (row !== undefined) return row
    throw new AccessError(
      'operator-unknown',
      `There is no operator ${id.slice(0, 60)}.`,
      'List them with: kt auth operator list',
    )
  }

  function keepAnAdmin({ id, role, issuer }: OperatorRow): void {
    if (role !== 'admin' || issuer !== null || otherAdmins.get(id)?.n !== 0) return
    throw new AccessError(
      'last-admin',
      'Nobody else with a password is an admin.',
      'Make somebody else an admin first: nobody could undo this.',
    )
  }

  function addRow(row: Omit<OperatorRow, 'id'>): Operator {
    const added = { ...row, id: `op_${randomUUID()}` }
    insert.run(added)
    return toOperator(added)
  }

  const local = { issuer: null, subject: null }
  const addFirst = db.transaction((row: Omit<OperatorRow, 'id'>) => (hasAny() ? null : addRow(row)))
  const add = db.transaction((row: Omit<OperatorRow, 'id'>) => {
    if (byEmail.get(row.email) === undefined) return addRow(row)
    throw new AccessError(
      'operator-exists',
      'There is an operator with this e-mail address already.',
      'Change the role with kt auth operator set-role, or use another address.',
    )
  })
  const external = db.transaction((identity: ExternalIdentity, now: number) => {
    const { issuer, subject, email, role } = identity
    const known = bySubject.get(issuer, subject)
    if (known === undefined)
      return addRow({ email, role, issuer, subject, password: null, created: now })
    change.run(email, role, known.id)
    return toOperator({ ...known, email, role })
  })
  const setRole = db.transaction((id: string, role: Role) => {
    const row = required(id)
    if (role !== 'admin') keepAnAdmin(row)
    change.run(row.email, role, id)
    return toOperator({ ...row, role })
  })
  const setPassword = db.transaction((id: string, password: string, now: number) => {
    const row = required(id)
    if (row.issuer !== null)
      throw new AccessError(
        'operator-unknown',
        'This operator signs in at an OpenID provider and has no password here.',
        'Change it there.',
      )
    changePassword.run(password, id)
    endSessions.run(now, id)
    return toOperator(row)
  })
  const remove = db.transaction((id: string) => {
    const row = required(id)
    keepAnAdmin(row)
    for (const removal of removals) removal.run(id)
    removeRow.run(id)
    return toOperator(row)
  })
  return {
    any: hasAny,
    list: () => all.all().map(toOperator),
    byId(id) {
      const row = byId.get(id)
      return row && toOperator(row)
    },
    byEmail: (email) => byEmail.get(email),
    addFirst: (email, password, created) =>
      addFirst.immediate({ ...local, email, password, role: 'admin', created }),
    add: (operator) => add.immediate({ ...local, ...operator }),
    external: (identity, now) => external.immediate(identity, now),
    setRole: (id, role) => setRole.immediate(id, role),
    setPassword: (id, password, now) => setPassword.immediate(id, password, now),
    remove: (id) => remove.immediate(id),
  }
}

function toOperator({ id, email, role, created, issuer }: OperatorRow): Operator {
  return { id, email, role, created, issuer }
}
