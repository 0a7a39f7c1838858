// `npm run bench [-- --quick]`: the gateway against the model server alone and against nginx, interleaved, in one run.
import { measureCommandStart, median } from './command-start.ts'
import { rssMb, stop } from './processes.ts'
import type { Row } from './report.ts'
import { renderReport } from './report.ts'
import type { Sample } from './sample.ts'
import { body, sample } from './sample.ts'
import { machine, saveResult, today } from './save-result.ts'
import type { Subject } from './subjects.ts'
import { startBareGateway, startFullGateway, startNginx, startUpstream } from './subjects.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 3 : 5
const durationMs = quick ? 1500 : 5000
async function measure(subjects: readonly Subject[], connections: number): Promise<Row[]> {
  const samples = subjects.map((): Sample[] => [])
  for (let round = 0; round < rounds; round++) {
    for (const [i, subject] of subjects.entries())
      samples[i]?.push(await sample(subject, { connections, durationMs }))
  }
  return subjects.map((subject, i) => {
    const mine = samples[i] ?? []
    const of = (pick: (sample: Sample) => number) => median(mine.map(pick))
    return {
      subject: subject.name,
      connections,
      p50: of((s) => s.p50),
      p99: of((s) => s.p99),
      rps: of((s) => s.rps),
      cpuUs: mine.some((s) => s.cpuUs === null) ? null : of((s) => s.cpuUs ?? 0),
      rssMb: rssMb(subject.child.pid ?? 0),
    }
  })
}

async function main(): Promise<void> {
  const upstream = await startUpstream()
  const subjects = [upstream]
  const nginx = await startNginx(upstream)
  if (nginx) subjects.push(nginx)
  subjects.push(await startBareGateway(upstream), await startFullGateway(upstream))
  try {
    const atRest = subjects.map((subject) => ({
      subject: subject.name,
      rssMb: rssMb(subject.child.pid ?? 0),
    }))
    await measure(subjects, 16)
    const rows = [...(await measure(subjects, 1)), ...(await measure(subjects, 32))]
    const text = renderReport({
      date: today,
      machine,
      method: `${rounds} interleaved rounds of ${durationMs} ms after a warm-up, medians; load, proxy and model server share the cores`,
      requestBytes: Buffer.byteLength(body),
      rows,
      atRest,
      commands: measureCommandStart(quick ? 7 : 15),
    })
    process.stdout.write(text)
    if (!quick) saveResult(today, text)
  } finally {
    for (const subject of [...subjects].reverse()) await stop(subject.child)
  }
}

await main()
