import { join } from 'node:path'
import { AccessError } from './access-error.ts'
import type { ApiTokens } from './api-tokens.ts'
import { apiTokensIn } from './api-tokens.ts'
import { isEmail, normalizeEmail } from './email.ts'
import type { GatewayKeys } from './gateway-keys.ts'
import { gatewayKeysIn } from './gateway-keys.ts'
import { limitedHasher } from './limited-hasher.ts'
import { loginThrottleIn } from './login-throttle.ts'
import { openDatabase } from './open-database.ts'
import type { ExternalIdentity, Operator, Operators } from './operators.ts'
import { operatorsIn } from './operators.ts'
import type { PasswordHasher } from './password-hasher.ts'
import { scryptHasher } from './password-hasher.ts'
import { passwordProblem } from './password-rules.ts'
import type { Permission, Role } from './permissions.ts'
import { permissionsOf } from './permissions.ts'
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

/** Somebody who showed a session or an API token that is valid now. */
export interface Authenticated {
  readonly operator: Operator
  readonly kind: 'session' | 'token'
  /** Id of the API token; `null` for a session. */
  readonly tokenId: string | null
  /** What the operator's role allows; for a token no more than its scopes. */
  readonly permissions: readonly Permission[]
  /** Milliseconds since the epoch, as `expires`. */
  readonly created: number
  readonly expires: number
}

/** Who may do what on this machine's gateway. Several processes may hold it open at once. */
export interface AccessStore {
  readonly file: string
  /** Whether there is an operator with a password: without one nobody could come back when a provider is gone. */
  hasOperators(): boolean
  /** Makes the first operator with a password, an `admin`. Throws `AccessError`: `operator-exists`, `bad-email`, `weak-password`. */
  createFirstOperator(credentials: Credentials): Promise<Operator>
  /** Throws `AccessError`: `wrong-password` (the same for an unknown e-mail and a wrong password) or `too-many-attempts`. */
  login(email: string, password: string): Promise<SignedIn>
  /** The session of a token, or `null` when it is unknown, expired or revoked. */
  verifySession(token: string): Session | null
  /** Ends a session; true when it was valid until now. */
  revokeSession(token: string): boolean
  /** Whose session or API token this is; `null` when it is unknown, expired or revoked. */
  authenticate(bearer: string): Authenticated | null
  /** A session for who signed in at an OpenID provider; never one of an operator with a password. Throws `AccessError` `bad-email`. */
  signInExternal(identity: ExternalIdentity): SignedIn
  /** Throws `AccessError`: `operator-exists`, `bad-email`, `weak-password`. */
  addOperator(credentials: Credentials, role: Role): Promise<Operator>
  /** Ends all sessions of the operator. Throws `AccessError`: `operator-unknown`, `weak-password`. */
  setPassword(id: string, password: string): Promise<Operator>
  readonly operators: Pick<Operators, 'list' | 'byId' | 'setRole' | 'remove'>
  readonly tokens: ApiTokens
  readonly keys: GatewayKeys
  close(): void
}

/** Where the store of a data folder lies. */
export function accessDatabasePath(dir: string): string {
  return join(dir, 'access.db')
}

/** Opens the access store of a data folder, and makes it when there is none. Throws `AccessError` (`access-store-unusable`). */
export function openAccessStore(options: AccessStoreOptions): AccessStore {
  return openAccessStoreWith(limitedHasher(scryptHasher()), options)
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
  const tokens = apiTokensIn(db, now)
  const signIn = (operator: Operator): SignedIn => {
    const { token, session } = sessions.create(operator, now())
    return { ...session, token }
  }
  return {
    file,
    operators,
    tokens,
    keys: gatewayKeysIn(db, now),
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
      const stored = row?.password ?? null
      const right = await (stored ? hasher.verify(password, stored) : hasher.pretend(password))
      const operator = row && operators.byId(row.id)
      if (operator === undefined || !right) throw wrongPassword()
      throttle.succeeded(email)
      return signIn(operator)
    },
    signInExternal(identity) {
      const email = normalizeEmail(identity.email)
      if (!isEmail(email)) throw badEmail()
      return signIn(operators.external({ ...identity, email }, now()))
    },
    async addOperator(credentials, role) {
      const email = normalizeEmail(credentials.email)
      refuseInvalid(email, credentials.password)
      const password = await hasher.hash(credentials.password)
      return operators.add({ email, password, role, created: now() })
    },
    async setPassword(id, password) {
      refuseWeak(password, operators.byId(id)?.email ?? '')
      return operators.setPassword(id, await hasher.hash(password), now())
    },
    authenticate(bearer) {
      const session = sessions.verify(bearer, now())
      if (session !== null) return ofSession(session)
      const token = tokens.verify(bearer)
      const operator = token && operators.byId(token.operator)
      if (!token || !operator) return null
      const permissions = permissionsOf[operator.role].filter((one) => token.scopes.includes(one))
      const { id: tokenId, created, expires } = token
      return { operator, kind: 'token', tokenId, permissions, created, expires }
    },
    verifySession: (token) => sessions.verify(token, now()),
    revokeSession: (token) => sessions.revoke(token, now()),
    close: () => {
      db.close()
    },
  }
}

function ofSession({ operator, created, expires }: Session): Authenticated {
  const permissions = permissionsOf[operator.role]
  return { operator, kind: 'session', tokenId: null, permissions, created, expires }
}

function refuseInvalid(email: string, password: string): void {
  if (!isEmail(email)) throw badEmail()
  refuseWeak(password, email)
}

function badEmail(): AccessError {
  return new AccessError(
    'bad-email',
    'The e-mail address has no name, no domain, or blanks in it.',
    'Give an address like ada@example.com.',
  )
}

function refuseWeak(password: string, email: string): void {
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
    'Check both. If nobody knows the password any more, remove access.db from the data folder, with all gateway keys that are in it, and sign in again to make a new first operator.',
  )
}
