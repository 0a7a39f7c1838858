import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { verifyLog } from '@keeptrusts/audit-store'
import { openFiles, rssMb, stopAll } from '../processes.ts'
import { progress } from '../progress.ts'
import { decimals } from '../show-figures.ts'
import { slopeOf, spreadOf } from '../statistics.ts'
import { startFullGateway } from '../subjects/gateways.ts'
import { startUpstream } from '../subjects/model-servers.ts'
import { pidOf } from '../subjects/subject.ts'
import type { Scenario, Section } from './scenario.ts'
import type { MixedCalls } from './soak-load.ts'
import { startMixedLoad } from './soak-load.ts'

const perSecond = 200
const everyMs = 2000

/** What a process held at a moment. */
export interface Moment {
  readonly minutes: number
  readonly rssMb: number
  readonly openFiles: number
}

/** A steady mix of plain answers, streams and clients that leave, for some minutes: memory and files must not grow. */
export function soakScenario(minutes: number): Scenario {
  return { name: 'soak', run: () => measure(minutes) }
}

async function measure(minutes: number): Promise<Section> {
  progress(`soak, ${minutes} minutes`)
  try {
    const gateway = await startFullGateway(await startUpstream())
    const load = startMixedLoad(gateway, perSecond)
    const started = performance.now()
    const passed = () => (performance.now() - started) / 60_000
    const moments: Moment[] = []
    while (passed() < minutes) {
      await pause(Math.min(everyMs, minutes * 10_000))
      moments.push({
        minutes: passed(),
        rssMb: rssMb(pidOf(gateway)) ?? Number.NaN,
        openFiles: openFiles(pidOf(gateway)) ?? Number.NaN,
      })
    }
    const calls = await load.stop()
    await stopAll()
    const dir = join(gateway.env['KEEPTRUSTS_DATA_DIR'] ?? '', 'audit')
    const { integrity } = verifyLog({ dir, anchors: [] })
    const { after, slope, most } = growthOf(moments, minutes)
    const [first, last] = [after[0], after.at(-1)] as [Moment, Moment]
    return {
      title: 'Steady load',
      method: `${minutes} minutes of ${perSecond} calls a second, started by the clock: half plain answers, two fifths streams, the rest streams whose client leaves; every text is new. The slope is the line of least squares through the RSS, without the first fifth (at most two minutes).`,
      tables: [
        {
          title: 'Gateway, full chain + durable log',
          head: ['what', 'figure'],
          rows: [
            ['RSS slope MB/min', decimals(slope)],
            ['RSS at most MB', decimals(most)],
            [
              'RSS after warm-up and at the end MB',
              `${decimals(first.rssMb)}, ${decimals(last.rssMb)}`,
            ],
            ['open files after warm-up and at the end', `${first.openFiles}, ${last.openFiles}`],
            ['calls', `${calls.sent}`],
            ['failed', failuresOf(calls)],
            ['the log verifies', integrity.verdict],
          ],
        },
      ],
      // The goal is about ten minutes.
      figures:
        minutes < 10
          ? {}
          : { soakSlopeMbPerMinute: spreadOf([slope]), soakRssMb: spreadOf([most]) },
    }
  } finally {
    await stopAll()
  }
}

function failuresOf({ failures }: MixedCalls): string {
  const kinds = [...failures].map(([message, count]) => `${count} (${message})`)
  return kinds.length === 0 ? '0' : kinds.join(', ')
}

/** The moments after the warm-up, the line through their memory in MB a minute, and the most that there was at any time. */
export function growthOf(moments: readonly Moment[], minutes: number) {
  const warmUp = Math.min(2, minutes / 5)
  const after = moments.filter((moment) => moment.minutes >= warmUp)
  return {
    after,
    slope: slopeOf(after.map((moment) => ({ x: moment.minutes, y: moment.rssMb }))),
    most: Math.max(...moments.map((moment) => moment.rssMb)),
  }
}
