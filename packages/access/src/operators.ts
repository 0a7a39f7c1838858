import { randomUUID } from 'node:crypto'
import type Database from 'better-sqlite3'

/** A person who runs the gateway (`admin`) or reads its log (`auditor`). */
export interface Operator {
  /** `op_` and a UUID. */
  readonly id: string
  /** Lower case. */
  readonly email: string
  readonly role: 'admin' | 'auditor'
  /** Milliseconds since the epoch. */
  readonly created: number
}

interface OperatorRow extends Operator {
  readonly password: string
}

export interface Operators {
  any(): boolean
  byEmail(email: string): OperatorRow | undefined
  /** Adds the first operator; `null` when there is one already, also when another process was faster. */
  addFirst(email: string, password: string, created: number): Operator | null
}

/** The operators' table. E-mails are taken as given: normalise first. */
export function operatorsIn(db: Database.Database): Operators {
  const any = db.prepare<[], { n: number }>('SELECT EXISTS (SELECT 1 FROM operators) AS n')
  const byEmail = db.prepare<[string], OperatorRow>('SELECT * FROM operators WHERE email = ?')
  const insert = db.prepare(
    `INSERT INTO operators (id, email, password, role, created)
     VALUES (:id, :email, :password, :role, :created)`,
  )
  const hasAny = () => any.get()?.n === 1
  const addFirst = db.transaction((operator: OperatorRow) => {
    if (hasAny()) return false
    insert.run(operator)
    return true
  })
  return {
    any: hasAny,
    byEmail: (email) => byEmail.get(email),
    addFirst(email, password, created) {
      const operator: Operator = { id: `op_${randomUUID()}`, email, role: 'admin', created }
      return addFirst.immediate({ ...operator, password }) ? operator : null
    },
  }
}
