import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import { AccessError } from './access-error.ts'

const WINDOW_MS = 60_000
const WRONG_PASSWORDS = 6

export interface LoginThrottle {
  /**
   * Counts an attempt as failed before the password is looked at, so that guesses made side by side count too.
   * Throws `AccessError` (`too-many-attempts`) with the seconds to wait after six failures in a minute.
   */
  attempt(email: string, now: number): void
  /** The password was right: earlier failures for this e-mail no longer count. */
  succeeded(email: string): void
}

/** Wrong passwords per e-mail address, in the database: a restart forgets nothing. People may type a password into the e-mail field, so only its hash is kept. */
export function loginThrottleIn(db: Database.Database): LoginThrottle {
  // Failures far in the future come from a clock that was set back since: they must not lock anybody out for days.
  const forget = db.prepare('DELETE FROM login_failures WHERE at <= :past OR at > :future')
  const failures = db.prepare<[Buffer], { n: number; oldest: number }>(
    'SELECT count(*) AS n, min(at) AS oldest FROM login_failures WHERE email_hash = ?',
  )
  const insert = db.prepare('INSERT INTO login_failures (email_hash, at) VALUES (?, ?)')
  const clear = db.prepare('DELETE FROM login_failures WHERE email_hash = ?')
  const attempt = db.transaction((key: Buffer, now: number): number => {
    forget.run({ past: now - WINDOW_MS, future: now + WINDOW_MS })
    const seen = failures.get(key)
    if (seen !== undefined && seen.n >= WRONG_PASSWORDS) return seen.oldest + WINDOW_MS - now
    insert.run(key, now)
    return 0
  })
  return {
    attempt(email, now) {
      const waitMs = attempt.immediate(keyOf(email), now)
      if (waitMs === 0) return
      const seconds = Math.ceil(waitMs / 1000)
      throw new AccessError(
        'too-many-attempts',
        `${WRONG_PASSWORDS} wrong passwords within a minute.`,
        `Wait ${seconds} seconds, then try again.`,
        seconds,
      )
    },
    succeeded(email) {
      clear.run(keyOf(email))
    },
  }
}

function keyOf(email: string): Buffer {
  return createHash('sha256').update(email).digest()
}
