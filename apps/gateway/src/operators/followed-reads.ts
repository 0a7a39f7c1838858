import type { Caller } from './route.ts'

/** More who follow at once make the oldest be recorded again. */
const mostReaders = 1000

/** Where each reader of the log in log order got to: whoever goes on from there goes on with one and the same read. */
export class FollowedReads {
  readonly #reached = new Map<string, number>()

  /** Whether this page begins where the reader's page before ended. */
  continues(caller: Caller, after: number): boolean {
    return this.#reached.get(keyOf(caller)) === after
  }

  /** `next`: the number that the page ended with. */
  remember(caller: Caller, next: number): void {
    const key = keyOf(caller)
    this.#reached.delete(key)
    if (this.#reached.size >= mostReaders) {
      const [oldest = ''] = this.#reached.keys()
      this.#reached.delete(oldest)
    }
    this.#reached.set(key, next)
  }
}

function keyOf({ operator, kind, tokenId }: Caller): string {
  return [kind, operator?.id, tokenId].join(' ')
}
