// `npm run bench:log-back --workspace @keeptrusts/bench [-- --quick]`: what reporting to MLflow costs a call, paired.
import { cpus } from 'node:os'
import { median } from './command-start.ts'
import { rssMb, stop } from './processes.ts'
import type { Sample } from './sample.ts'
import { sample } from './sample.ts'
import type { Subject } from './subjects.ts'
import {
  freePort,
  startFullGateway,
  startReportingGateway,
  startTracking,
  startUpstream,
} from './subjects.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 3 : 9
const durationMs = quick ? 1500 : 4000

/** Samples of every subject, one of each per round; every other round goes the other way round. */
async function measure(subjects: readonly Subject[], connections: number): Promise<Sample[][]> {
  const samples = subjects.map((): Sample[] => [])
  for (let round = 0; round < rounds; round++) {
    const order = [...subjects.keys()]
    for (const i of round % 2 === 0 ? order : order.reverse()) {
      const subject = subjects[i]
      if (subject) samples[i]?.push(await sample(subject, { connections, durationMs }))
    }
  }
  return samples
}

/** One line of the table: medians, and medians of the ratios within each round. */
function row(subject: Subject, mine: readonly Sample[], base: readonly Sample[]): string {
  const of = (pick: (sample: Sample) => number) => median(mine.map(pick))
  const ratio = (pick: (sample: Sample) => number) =>
    median(mine.map((own, i) => pick(own) / pick(base[i] ?? own)))
  const cpu = (own: Sample) => own.cpuUs ?? Number.NaN
  const cells = [
    subject.name,
    of((s) => s.p50).toFixed(3),
    ratio((s) => s.p50).toFixed(3),
    of(cpu).toFixed(0),
    ratio(cpu).toFixed(3),
    of((s) => s.rps).toFixed(0),
    (rssMb(subject.child.pid ?? 0) ?? Number.NaN).toFixed(0),
  ]
  return `| ${cells.join(' | ')} |\n`
}

async function main(): Promise<void> {
  const upstream = await startUpstream()
  const tracking = await startTracking()
  const away = `http://127.0.0.1:${await freePort()}`
  const subjects = [
    await startFullGateway(upstream),
    await startReportingGateway(
      'the same, callbacks',
      upstream,
      `http://127.0.0.1:${tracking.port}`,
    ),
    await startReportingGateway('the same, callbacks, tracking server down', upstream, away),
  ]
  const started = [upstream, tracking, ...subjects]
  try {
    process.stdout.write(
      `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}; ${rounds} interleaved rounds of ${durationMs} ms\n`,
    )
    for (const subject of subjects) await sample(subject, { connections: 16, durationMs })
    for (const connections of [1, 16]) {
      const samples = await measure(subjects, connections)
      process.stdout.write(
        `\n${connections} at once\n\n| subject | p50 ms | x | CPU µs/request | x | requests/s | MB |\n|---|---|---|---|---|---|---|\n`,
      )
      subjects.forEach((subject, i) => {
        process.stdout.write(row(subject, samples[i] ?? [], samples[0] ?? []))
      })
    }
  } finally {
    for (const subject of started.reverse()) await stop(subject.child)
  }
}

await main()
