import { setTimeout as sleep } from 'node:timers/promises'
import { writeErr } from '../output/write.ts'

/** How often a gateway elsewhere is asked for new records, milliseconds. */
export const pollMs = 1000
/** How long the rest between two tries grows at most, milliseconds. */
const longestRestMs = 10_000

/** What passes by itself: a network that is away, a gateway that starts anew or cannot write its log for now. */
const passing = new Set(['gateway-unreachable', 'audit_unavailable', 'too-many-attempts'])

/**
 * Asks until there is an answer; `null` when the user stopped first. Says once that it waits, and once that it goes on. Throws
 * what does not pass by itself, such as a session that has ended.
 */
export async function patiently<T>(ask: () => Promise<T>, stop: AbortSignal): Promise<T | null> {
  for (let tries = 0; !stop.aborted; tries++) {
    try {
      const answer = await ask()
      if (tries > 0) writeErr('The gateway answers again.\n')
      return answer
    } catch (error) {
      if (!passes(error)) throw error
      if (tries === 0) writeErr(`${error.message} Trying again until it answers.\n`)
      await rest(Math.min(longestRestMs, pollMs * 2 ** Math.min(tries, 4)), stop)
    }
  }
  return null
}

/** Waits, or until the user stops. */
export async function rest(ms: number, stop: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: stop }).catch(() => {})
}

function passes(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && passing.has(String(error.code))
}
