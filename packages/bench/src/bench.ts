// `npm run bench [-- --quick]`: the gateway against the model server alone and against nginx, interleaved, in one run.
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { measureCommandStart, median } from './command-start.ts'
import type { LoadOptions, LoadResult } from './load.ts'
import { percentile } from './load.ts'
import { cpuMs, rssMb, stop } from './processes.ts'
import type { Row } from './report.ts'
import { renderReport } from './report.ts'
import type { Subject } from './subjects.ts'
import { startBareGateway, startFullGateway, startNginx, startUpstream } from './subjects.ts'

interface Sample {
  readonly p50: number
  readonly p99: number
  readonly rps: number
  readonly cpuUs: number | null
}

const quick = process.argv.includes('--quick')
const rounds = quick ? 3 : 5
const durationMs = quick ? 1500 : 5000
const body = JSON.stringify({
  model: 'my-chat-model',
  messages: [
    { role: 'system', content: 'You answer questions about quarterly reports in two sentences.' },
    {
      role: 'user',
      content:
        'Summarize the quarterly report and list the three largest changes against last year. '.repeat(
          2,
        ),
    },
  ],
  max_tokens: 512,
})

function loadInWorker(options: LoadOptions): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./load-worker.js', import.meta.url), { workerData: options })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

async function sample(subject: Subject, connections: number): Promise<Sample> {
  const pid = subject.child.pid ?? 0
  const before = cpuMs(pid)
  const result = await loadInWorker({
    port: subject.port,
    path: '/v1/chat/completions',
    body,
    connections,
    durationMs,
  })
  const after = cpuMs(pid)
  if (result.failures > 0) throw new Error(`${subject.name}: ${result.failures} failed requests`)
  return {
    p50: percentile(result.latencies, 0.5),
    p99: percentile(result.latencies, 0.99),
    rps: result.requests / result.seconds,
    cpuUs: before === null || after === null ? null : ((after - before) * 1000) / result.requests,
  }
}

async function measure(subjects: readonly Subject[], connections: number): Promise<Row[]> {
  const samples = subjects.map((): Sample[] => [])
  for (let round = 0; round < rounds; round++) {
    for (const [i, subject] of subjects.entries())
      samples[i]?.push(await sample(subject, connections))
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
      date: new Date().toISOString().slice(0, 10),
      machine: `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}, ${process.platform}`,
      method: `${rounds} interleaved rounds of ${durationMs} ms after a warm-up, medians; load, proxy and model server share the cores`,
      requestBytes: Buffer.byteLength(body),
      rows,
      atRest,
      commands: measureCommandStart(quick ? 7 : 15),
    })
    process.stdout.write(text)
    if (!quick) save(text)
  } finally {
    for (const subject of [...subjects].reverse()) await stop(subject.child)
  }
}

function save(text: string): void {
  const folder = fileURLToPath(new URL('../results/', import.meta.url))
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}${new Date().toISOString().slice(0, 10)}.md`, text)
}

await main()
