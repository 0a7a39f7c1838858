import { Agent } from 'node:http'
import { rssMb } from '../processes.ts'
import type { Table } from '../show-figures.ts'
import { decimals } from '../show-figures.ts'
import { spreadOf } from '../statistics.ts'
import { readStream } from '../stream-client.ts'
import type { Fleet } from '../subjects/fleet.ts'
import { membersOf } from '../subjects/fleet.ts'
import type { Subject } from '../subjects/subject.ts'
import { pidOf } from '../subjects/subject.ts'
import type { Effort, Section } from './scenario.ts'

interface Held {
  readonly failures: number
  readonly atRestMb: number
  readonly peakMb: number
  readonly kbEach: number
}

/** Memory with many streams open at once, each getting a piece now and then. */
export async function measureHeldStreams(
  fleet: Fleet,
  { quick }: Effort,
): Promise<{ readonly table: Table; readonly figures: Section['figures'] }> {
  const plan = quick
    ? { streams: 100, pieces: 3, pauseMs: 300 }
    : { streams: 1000, pieces: 6, pauseMs: 2000 }
  const measured = new Map<Subject, Held>()
  for (const subject of membersOf(fleet)) measured.set(subject, await hold(subject, plan))
  const full = measured.get(fleet.full) as Held
  return {
    table: {
      title: `${plan.streams} streams at once`,
      head: ['path', 'failed', 'KB each', 'RSS before MB', 'RSS at most MB'],
      rows: [...measured].map(([{ name }, { failures, kbEach, atRestMb, peakMb }]) => [
        ...[name, `${failures}`],
        ...[kbEach, atRestMb, peakMb].map(decimals),
      ]),
    },
    // The goal is about a thousand of them.
    figures: quick
      ? {}
      : {
          heldFailures: spreadOf([full.failures]),
          heldKbEach: spreadOf([full.kbEach]),
          heldRssMb: spreadOf([full.peakMb]),
        },
  }
}

async function hold(
  subject: Subject,
  plan: { readonly streams: number; readonly pieces: number; readonly pauseMs: number },
): Promise<Held> {
  // Connections of their own: one that was kept may be closed by the server just when it is used again.
  const agent = new Agent({ keepAlive: false })
  const rss = () => rssMb(pidOf(subject)) ?? Number.NaN
  const atRestMb = rss()
  let failures = 0
  let peakMb = atRestMb
  const one = () =>
    readStream({ subject, agent, ...plan }).catch(() => {
      failures += 1
    })
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, rss())
  }, 250)
  await Promise.all(Array.from({ length: plan.streams }, one))
  clearInterval(watch)
  return { failures, atRestMb, peakMb, kbEach: ((peakMb - atRestMb) * 1024) / plan.streams }
}
