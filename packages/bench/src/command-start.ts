import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const kt = fileURLToPath(new URL('../../../apps/cli/bin/run.js', import.meta.url))

export interface CommandStart {
  readonly command: string
  /** Median wall time in milliseconds. */
  readonly ms: number
  /** Against a bare `node` script in the same run. */
  readonly ratio: number
}

/** How long commands take to start and end, interleaved with a bare node script. */
export function measureCommandStart(rounds: number): CommandStart[] {
  const commands: [string, string[]][] = [
    ['node -e 0', ['-e', '0']],
    ['kt --version', [kt, '--version']],
    ['kt events list --limit 5', [kt, 'events', 'list', '--limit', '5']],
  ]
  const times = commands.map((): number[] => [])
  for (let round = 0; round < rounds; round++) {
    commands.forEach(([, args], i) => {
      const started = performance.now()
      spawnSync(process.execPath, args, { stdio: 'ignore' })
      times[i]?.push(performance.now() - started)
    })
  }
  const medians = times.map(median)
  const bare = medians[0] ?? Number.NaN
  return commands.map(([command], i) => ({
    command,
    ms: medians[i] ?? Number.NaN,
    ratio: (medians[i] ?? Number.NaN) / bare,
  }))
}

/** The middle of a list of numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
