import { join } from 'node:path'
import { AccessError } from './access-error.ts'
import { isEmail, normalizeEmail } from './email.ts'
import { loginThrottleIn } from './login-throttle.ts'
import { openDatabase } from './open-database.ts'
import type { Operator } from './operators.ts'
import { operatorsIn } from './operators.ts'
import type { PasswordHasher } from './password-hasher.ts'
import { scryptHasher } from './password-hasher.ts'
import { passwordProblem } from './password-rules.ts'
import type { Session } from './sessions.ts'
import { sessionsIn } from './sessions.ts'

export interface AccessStoreOptions {
  /** The data folder; made when missing (0700). */
  readonly dir: string
  /** Milliseconds since the epoch; a parameter so that tests can let time pass. */
  readonly now?: () => number
}

export interface Credentials {
  readonly email: string
  readonly password: string
}

/** A new session with its token, which cannot be read back later. */
export interface SignedIn extends Session {
  readonly token: string
}

/** Who may do what on this machine's gateway. Several processes may hold it open at once. */
export interface AccessStore {
  readonly file: string
  hasOperators(): boolean
  /** Makes the first operator, an `admin`. Throws `AccessError`: `operator-exists`, `bad-email`, `weak-password`. */
  createFirstOperator(credentials: Credentials): Promise<Operator>
  /** Throws `AccessError`: `wrong-password` (the same for an unknown e-mail and a wrong password) or `too-many-attempts`. */
  login(email: string, password: string): Promise<SignedIn>
  /** The session of a token, or `null` when it is unknown, expired or revoked. */
  verifySession(token: string): Session | null
  /** Ends a session; true when it was valid until now. */
  revokeSession(token: string): boolean
  close(): void
}

/** Where the store of a data folder lies. */
export function accessDatabasePath(dir: string): string {
  return join(dir, 'access.db')
}

/** Opens the access store of a data folder, and makes it when there is none. Throws `AccessError` (`access-store-unusable`). */
export function openAccessStore(options: AccessStoreOptions): AccessStore {
  return openAccessStoreWith(scryptHasher(), options)
}

/** `openAccessStore` with a given hasher; not part of the package's surface. */
export function openAccessStoreWith(
  hasher: PasswordHasher,
  options: AccessStoreOptions,
): AccessStore {
  const { dir, now = Date.now } = options
  const file = accessDatabasePath(dir)
  const db = openDatabase(file)
  const operators = operatorsIn(db)
  const sessions = sessionsIn(db)
  const throttle = loginThrottleIn(db)
  return {
    file,
    hasOperators: () => operators.any(),
    async createFirstOperator(credentials) {
      const email = normalizeEmail(credentials.email)
      refuseInvalid(email, credentials.password)
      const operator = operators.addFirst(email, await hasher.hash(credentials.password), now())
      if (operator === null) throw operatorExists()
      return operator
    },
    async login(typedEmail, password) {
      const email = normalizeEmail(typedEmail)
      throttle.attempt(email, now())
      const row = operators.byEmail(email)
      const right = await (row ? hasher.verify(password, row.password) : hasher.pretend(password))
      if (row === undefined || !right) throw wrongPassword()
      throttle.succeeded(email)
      const { password: _, ...operator } = row
      const { token, session } = sessions.create(operator, now())
      return { ...session, token }
    },
    verifySession: (token) => sessions.verify(token, now()),
    revokeSession: (token) => sessions.revoke(token, now()),
    close: () => {
      db.close()
    },
  }
}

function refuseInvalid(email: string, password: string): void {
  if (!isEmail(email)) {
    throw new AccessError(
      'bad-email',
      'The e-mail address has no name, no domain, or blanks in it.',
      'Give an address like ada@example.com.',
    )
  }
  const problem = passwordProblem(password, email)
  if (problem !== null) {
    throw new AccessError('weak-password', problem, 'Choose at least 12 characters nobody guesses.')
  }
}

function operatorExists(): AccessError {
  return new AccessError(
    'operator-exists',
    'This gateway has an operator already.',
    'Sign in with `kt auth login`.',
  )
}

function wrongPassword(): AccessError {
  return new AccessError(
    'wrong-password',
    'The e-mail address or the password is wrong.',
    'Check both. If nobody knows the password any more, remove access.db from the data folder and sign in again to make a new first operator.',
  )
}
