import { AccessError } from '@keeptrusts/access'

/** Passwords that are checked at once: each takes 128 MiB and a core for a while (scrypt, N=2^17). */
const atOnce = 2
/** More that wait their turn; a flood is sent away. */
const mostWaiting = 16

/** Lets sign-ins through a few at a time, so that a flood of them neither fills the memory nor holds up calls. */
export class LoginGate {
  #running = 0
  readonly #waiting: (() => void)[] = []

  /** Runs `work` when it is its turn. Throws `AccessError` `too-many-attempts` when too many wait. */
  async through<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#running >= atOnce) {
      if (this.#waiting.length >= mostWaiting) throw tooMany()
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    } else this.#running += 1
    try {
      return await work()
    } finally {
      // Whoever waits takes over this place.
      const next = this.#waiting.shift()
      if (next === undefined) this.#running -= 1
      else next()
    }
  }
}

function tooMany(): AccessError {
  return new AccessError(
    'too-many-attempts',
    'Too many people sign in at this moment.',
    'Wait a few seconds, then try again.',
  )
}
