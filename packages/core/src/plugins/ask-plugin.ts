import type { CircuitBreaker } from '../reliability/circuit-breaker.ts'
import type { Question } from './plugin.ts'

/** How long a plug-in may take, and whether it may be asked at all. */
export interface AskOptions {
  readonly timeoutMs: number
  readonly breaker: CircuitBreaker
}

/** At most so many questions of one request are under way at once. */
const concurrency = 4

/**
 * Asks a plug-in one question: rejects when the answer is late, when asking fails, and at once while its circuit is open
 * (five failures in a row; one trial after 15 s). A plug-in that ignores the signal holds nobody up.
 */
export async function askPlugin<Answer>(
  question: Omit<Question, 'signal'>,
  ask: (question: Question) => Promise<Answer>,
  { timeoutMs, breaker }: AskOptions,
): Promise<Answer> {
  const permit = breaker.enter()
  if (permit === null) throw new Error('the plug-in failed repeatedly and is left alone for now')
  const controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`no answer within ${timeoutMs} ms`)
      reject(error)
      controller.abort(error)
    }, timeoutMs)
  })
  try {
    const answer = await Promise.race([ask({ ...question, signal: controller.signal }), late])
    permit.succeeded()
    return answer
  } catch (error) {
    permit.failed()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** The answers about each item, in order, a few at a time. The first failure ends the asking. */
export async function askAbout<Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index]
      if (item === undefined) continue
      try {
        answers[index] = await ask(item)
      } catch (error) {
        next = items.length
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker))
  return answers
}
