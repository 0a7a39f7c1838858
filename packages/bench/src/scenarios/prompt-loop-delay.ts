import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Bodies } from '../bodies.ts'
import { stopAll, temporaryFolder } from '../processes.ts'
import { sample } from '../sample.ts'
import type { Spread } from '../statistics.ts'
import { spreadOf } from '../statistics.ts'
import { startFullGateway } from '../subjects/gateways.ts'
import { startUpstream } from '../subjects/model-servers.ts'
import type { Subject } from '../subjects/subject.ts'
import type { Effort } from './scenario.ts'

interface Delay {
  readonly p99: Spread
  readonly max: Spread
}

/**
 * How late timers of a gateway with the full chain are while 16 connections send prompts, in milliseconds; `null` on Windows,
 * where it cannot be asked by a signal. A gateway of its own: watching takes a little time that no other figure should hold.
 */
export async function measureLoopDelay(
  { rounds, durationMs }: Effort,
  bodies: (round: number) => Bodies,
): Promise<Delay | null> {
  if (process.platform === 'win32') return null
  const file = join(temporaryFolder(), 'delay.json')
  try {
    const gateway = await startFullGateway(await startUpstream(), {
      preload: new URL('../subjects/event-loop-watch.js', import.meta.url),
      env: { KEEPTRUSTS_BENCH_DELAY_FILE: file },
    })
    const measured: { readonly p99: number; readonly max: number }[] = []
    for (let round = -1; round < rounds; round++) {
      await sample(gateway, { connections: 16, durationMs, bodies: bodies(round) })
      const delay = await delaySinceLast(gateway, file)
      // The first round warms up.
      if (round >= 0) measured.push(delay)
    }
    return {
      p99: spreadOf(measured.map(({ p99 }) => p99)),
      max: spreadOf(measured.map(({ max }) => max)),
    }
  } finally {
    await stopAll()
  }
}

async function delaySinceLast(
  { child }: Subject,
  file: string,
): Promise<{ readonly p99: number; readonly max: number }> {
  rmSync(file, { force: true })
  child.kill('SIGUSR2')
  for (let waited = 0; waited < 10_000; waited += 10) {
    await pause(10)
    // A file that is being written is not JSON yet.
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    if (text.endsWith('}')) return JSON.parse(text)
  }
  throw new Error('the gateway does not tell how late its timers are')
}
