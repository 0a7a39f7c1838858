import { setTimeout as sleep } from 'node:timers/promises'
import type { LogActor, PayloadSelector } from '@keeptrusts/audit-store'
import type { TaskRunner } from './task-runner.ts'

const scrubTries = 5
const scrubRestMs = 1000

/** How many contents a selector means. */
export async function countContents(
  { run }: TaskRunner,
  selector: PayloadSelector,
): Promise<number> {
  let total = 0
  for (let from: number | null = 0; from !== null; ) {
    const { count, next }: { count: number; next: number | null } = await run({
      kind: 'count-payloads',
      selector,
      from,
    })
    total += count
    from = next
  }
  return total
}

interface Erasure {
  readonly selector: PayloadSelector
  readonly reason: string
  readonly actor: LogActor
}

interface Erased {
  readonly count: number
  /** Whether no file of the log holds the erased bytes any more. */
  readonly scrubbed: boolean
}

/** Erases all that a selector means, in pieces between which calls are recorded. */
export async function eraseContents(runner: TaskRunner, erasure: Erasure): Promise<Erased> {
  const task = { kind: 'erase-payloads', ...erasure } as const
  let total = 0
  let scrubbed = true
  for (let from: number | null = 0; from !== null; ) {
    const done: Awaited<ReturnType<typeof runner.run<typeof task & { from: number }>>> =
      await runner.run({ ...task, from })
    total += done.count
    scrubbed = done.scrubbed
    from = done.next
  }
  // Past the end of any log nothing is found: only the files are cleaned once more.
  for (let tries = 0; !scrubbed && tries < scrubTries; tries++) {
    await sleep(scrubRestMs)
    scrubbed = (await runner.run({ ...task, from: Number.MAX_SAFE_INTEGER })).scrubbed
  }
  return { count: total, scrubbed }
}
