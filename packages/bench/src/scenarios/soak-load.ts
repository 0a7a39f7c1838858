import { Agent } from 'node:http'
import { bodySource } from '../bodies.ts'
import { call } from '../callers.ts'
import { readStream } from '../stream-client.ts'
import type { Subject } from '../subjects/subject.ts'

/** What the calls came to. */
export interface MixedCalls {
  readonly sent: number
  /** How many calls ended with which error. */
  readonly failures: ReadonlyMap<string, number>
}

/** Calls that go on until they are told to stop. */
interface MixedLoad {
  /** Starts no more calls, waits for those that are open, and says how many there were. */
  stop(): Promise<MixedCalls>
}

const tickMs = 10

/** Starts `perSecond` calls a second, whether or not earlier ones have ended. */
export function startMixedLoad(subject: Subject, perSecond: number): MixedLoad {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
  const next = bodySource({ kind: 'one-message', bytes: 1500, seed: 1 })
  const open = new Set<Promise<void>>()
  const started = performance.now()
  let sent = 0
  const failures = new Map<string, number>()
  const stream = { subject, agent, pieces: 20, pauseMs: 10 }
  const one = async (kind: number): Promise<void> => {
    if (kind < 5) await call(subject.port, { bearer: null, agent, body: next() })
    else await readStream(kind < 9 ? stream : { ...stream, leaveAfterMs: 50 })
  }
  const ticks = setInterval(() => {
    const due = ((performance.now() - started) / 1000) * perSecond
    while (sent < due) {
      const asked = one(sent % 10)
        .catch((error: Error) => {
          failures.set(error.message, (failures.get(error.message) ?? 0) + 1)
        })
        .finally(() => open.delete(asked))
      open.add(asked)
      sent += 1
    }
  }, tickMs)
  return {
    async stop() {
      clearInterval(ticks)
      await Promise.all(open)
      agent.destroy()
      return { sent, failures }
    },
  }
}
