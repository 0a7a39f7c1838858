// `npm run bench:overhead --workspace @keeptrusts/bench [-- --quick]`: what `x-keeptrusts-overhead-ms` says, next to what a client sees.
import { stop } from './processes.ts'
import { body, loadInWorker, sample } from './sample.ts'
import { machine, saveResult, today } from './save-result.ts'
import { median, percentile } from './statistics.ts'
import { startBareGateway, startFullGateway, startUnrecordedGateway } from './subjects/gateways.ts'
import { startUpstream } from './subjects/model-servers.ts'
import type { Subject } from './subjects/subject.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 5 : 21
const durationMs = quick ? 500 : 700

/** Milliseconds, medians of one round. */
interface Round {
  readonly p50: number
  /** NaN for a server that sends none. */
  readonly header: number
}

async function measure({ name, port }: Subject): Promise<Round> {
  const header = 'x-keeptrusts-overhead-ms'
  const path = '/v1/chat/completions'
  const bodies = { kind: 'same', body } as const
  const load = { port, path, headers: {}, bodies, connections: 1, durationMs, header }
  const { latencies, headers, failures } = await loadInWorker(load)
  if (failures > 0) throw new Error(`${name}: ${failures} failed requests`)
  return { p50: percentile(latencies, 0.5), header: percentile(headers, 0.5) }
}

/** One round of each subject, again and again; every other time the other way round. */
async function interleaved(subjects: readonly Subject[]): Promise<Round[][]> {
  const measured = subjects.map((): Round[] => [])
  for (let round = 0; round < rounds; round++) {
    const order = [...subjects.keys()]
    for (const i of round % 2 === 0 ? order : order.reverse()) {
      const subject = subjects[i]
      if (subject) measured[i]?.push(await measure(subject))
    }
  }
  return measured
}

function row({ name }: Subject, mine: readonly Round[], direct: readonly Round[]): string {
  const added = median(mine.map(({ p50 }, i) => p50 - (direct[i]?.p50 ?? Number.NaN)))
  const header = median(mine.map((round) => round.header))
  const ratio = median(
    mine.map((round, i) => round.header / (round.p50 - (direct[i]?.p50 ?? Number.NaN))),
  )
  const p50 = median(mine.map((round) => round.p50))
  const cells = [p50, added, header, added - header].map((ms) => ms.toFixed(3))
  return `| ${name} | ${cells.join(' | ')} | ${ratio.toFixed(2)} |\n`
}

async function main(): Promise<void> {
  const direct = await startUpstream()
  const gateways = [
    await startBareGateway(direct),
    await startUnrecordedGateway(direct),
    await startFullGateway(direct),
  ]
  const subjects = [direct, ...gateways]
  try {
    for (const subject of subjects) await sample(subject, { connections: 4, durationMs: 2000 })
    const [base = [], ...measured] = await interleaved(subjects)
    const rows = gateways.map((subject, i) => row(subject, measured[i] ?? [], base))
    const text = `# The overhead header next to what a client sees, ${today}

${machine}. ${rounds} interleaved rounds of ${durationMs} ms at one connection after a warm-up; load, gateway and model server share the
cores. Request ${Buffer.byteLength(body)} B, plain JSON. Direct p50 ${median(base.map(({ p50 }) => p50)).toFixed(3)} ms. Added: p50 through the gateway less p50 direct, paired by
round. Header: median of \`x-keeptrusts-overhead-ms\`. Unseen: added less header; ratio: header / added, paired.

| path | p50 ms | added p50 ms | header ms | unseen ms | ratio |
|---|---|---|---|---|---|
${rows.join('')}`
    process.stdout.write(text)
    if (!quick) saveResult(`${today}-overhead`, text)
  } finally {
    for (const subject of [...subjects].reverse()) await stop(subject.child)
  }
}

await main()
