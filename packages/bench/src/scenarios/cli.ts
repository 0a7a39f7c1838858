import { spawnSync } from 'node:child_process'
import { temporaryFolder } from '../processes.ts'
import { progress } from '../progress.ts'
import { spread } from '../show-figures.ts'
import type { Spread } from '../statistics.ts'
import { spreadOf } from '../statistics.ts'
import { environmentIn, kt } from '../subjects/gateways.ts'
import type { Effort, Scenario, Section } from './scenario.ts'

const commands: readonly { readonly name: string; readonly args: readonly string[] }[] = [
  { name: 'node -e 0', args: ['-e', '0'] },
  { name: 'kt --version', args: [kt, '--version'] },
  { name: 'kt events list --limit 5', args: [kt, 'events', 'list', '--limit', '5'] },
  { name: 'kt gateway run --help', args: [kt, 'gateway', 'run', '--help'] },
]

/** How long commands take to start and end, where there is no data yet, in turns with a bare node script. */
export function cliScenario({ quick }: Effort): Scenario {
  return { name: 'cli', run: async () => measure(quick ? 5 : 15) }
}

function measure(rounds: number): Section {
  progress('cli')
  const env = environmentIn(temporaryFolder())
  const times = commands.map((): number[] => [])
  // The first round reads the files of all of them from the disk.
  for (let round = -1; round < rounds; round++) {
    for (const [i, { args }] of commands.entries()) {
      const started = performance.now()
      const { status } = spawnSync(process.execPath, args, { stdio: 'ignore', env })
      if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`)
      if (round >= 0) times[i]?.push(performance.now() - started)
    }
  }
  const [bare = []] = times
  const ratios = times.map((mine) => spreadOf(mine.map((own, i) => own / (bare[i] ?? own))))
  return {
    title: 'Commands',
    method: `Start to end, ${rounds} rounds, without any data.`,
    tables: [
      {
        title: 'Commands',
        head: ['command', '× bare node', 'ms'],
        rows: commands.map(({ name }, i) => [
          `\`${name}\``,
          spread(ratios[i] as Spread),
          spread(spreadOf(times[i] ?? [])),
        ]),
      },
    ],
    figures: { versionOverNode: ratios[1] as Spread },
  }
}
