import { AccessError } from './access-error.ts'
import type { PasswordHasher } from './password-hasher.ts'

/** Two of 128 MiB each; they leave half of the four threads that files and names share. */
const mostAtOnce = 2
/** Waiting for their turn: a few seconds' work. */
const mostWaiting = 8

/**
 * A hasher that works on few passwords at once, so that a flood of sign-ins takes neither the memory nor the threads of a gateway.
 * What it has no room for rejects with `AccessError` `too-many-attempts`.
 */
export function limitedHasher(hasher: PasswordHasher): PasswordHasher {
  const waiting: (() => void)[] = []
  let running = 0
  const enter = async (): Promise<void> => {
    if (running < mostAtOnce) {
      running += 1
      return
    }
    if (waiting.length >= mostWaiting) throw tooBusy()
    // Whoever leaves hands the place over.
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  const leave = (): void => {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    await enter()
    try {
      return await work()
    } finally {
      leave()
    }
  }
  return {
    hash: (password) => inTurn(() => hasher.hash(password)),
    verify: (password, stored) => inTurn(() => hasher.verify(password, stored)),
    pretend: (password) => inTurn(() => hasher.pretend(password)),
  }
}

function tooBusy(): AccessError {
  return new AccessError(
    'too-many-attempts',
    'Too many passwords are being checked at this moment.',
    'Wait 2 seconds, then try again.',
    2,
  )
}
