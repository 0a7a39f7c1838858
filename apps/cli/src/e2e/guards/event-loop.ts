import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { Bench } from './bench.ts'
import { chat, pageChain, parseAnswer, startBench } from './bench.ts'

const report = /longest turn ([\d.]+) of ([\d.]+) ms/g

/**
 * Says on SIGUSR2 how long the process worked at most without letting timers run, and in all, since the last time. Counted
 * in its own processor time, so that a busy machine changes little.
 */
const preload = `
let last = process.cpuUsage()
let longest = 0
let all = 0
setInterval(() => {
  const { user, system } = process.cpuUsage(last)
  last = process.cpuUsage()
  const turn = (user + system) / 1000
  longest = Math.max(longest, turn)
  all += turn
}, 5).unref()
process.on('SIGUSR2', () => {
  process.stderr.write('longest turn ' + longest + ' of ' + all + ' ms\\n')
  longest = 0
  all = 0
})
`

/** A gateway with the whole chain whose event loop is watched. */
export async function startWatchedBench(): Promise<Bench> {
  const file = join(tmpdir(), `kt-event-loop-${process.pid}.mjs`)
  writeFileSync(file, preload)
  const env = { NODE_OPTIONS: `--import ${pathToFileURL(file)}` }
  const bench = await startBench({ chain: pageChain, env })
  rmSync(file)
  return bench
}

/** Milliseconds that the process worked since the last call of this. */
interface Work {
  /** At most, without a turn for others. */
  readonly longest: number
  /** In all. */
  readonly all: number
}

/** What the process did since the last call of this. */
export async function workOf({ gateway }: Bench): Promise<Work> {
  const before = [...gateway.stderr().matchAll(report)].length
  gateway.child.kill('SIGUSR2')
  for (;;) {
    const all = [...gateway.stderr().matchAll(report)]
    if (all.length > before)
      return { longest: Number(all.at(-1)?.[1]), all: Number(all.at(-1)?.[2]) }
    await pause(10)
  }
}

/** A megabyte of the same sentence. */
export function megabyteOf(sentence: string): string {
  return sentence.repeat(Math.ceil(1_000_000 / sentence.length)).slice(0, 1_000_000)
}

/** Sends so many calls, five a second, and gives their statuses. */
export async function callAtFivePerSecond(bench: Bench, text: string, calls: number) {
  const asked: Promise<string>[] = []
  for (let call = 0; call < calls; call++) {
    asked.push(bench.ask(chat(text)))
    await pause(200)
  }
  const answers = await Promise.all(asked)
  return answers.map((answer) => parseAnswer(answer).status)
}
