// `npm run bench:adapter --workspace @keeptrusts/bench [-- --quick]`: what the way to `mlflow models serve` costs.

import { compare, interleave, summarize } from './interleave.ts'
import { stop } from './processes.ts'
import { body, sample } from './sample.ts'
import { machine, saveResult, today } from './save-result.ts'
import { median } from './statistics.ts'
import { startBareGateway, startFullGateway } from './subjects/gateways.ts'
import { startScoring, startUpstream } from './subjects/model-servers.ts'
import type { Subject } from './subjects/subject.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 3 : 9
const durationMs = quick ? 1500 : 4000
const restarts = quick ? 5 : 40

async function latencies(subjects: readonly Subject[]): Promise<string> {
  for (const subject of subjects) await sample(subject, { connections: 4, durationMs })
  const samples = await interleave(subjects, { rounds, durationMs, connections: 1 })
  const rows = subjects.map((subject, i) => {
    const { p50, cpuUs } = summarize(samples[i] ?? [])
    const { p50Added } = compare(samples[i] ?? [], samples[0] ?? [])
    return `| ${subject.name} | ${p50.median.toFixed(3)} | ${p50Added.median.toFixed(3)} | ${cpuUs.median.toFixed(0)} |\n`
  })
  return `| path | p50 ms | added p50 ms | CPU us/request |\n|---|---|---|---|\n${rows.join('')}`
}

async function callMs(port: number): Promise<{ readonly status: number; readonly ms: number }> {
  const started = performance.now()
  const response = await fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  await response.arrayBuffer()
  return { status: response.status, ms: performance.now() - started }
}

/** The model server goes away and comes back: the first call then finds the path wrong, asks, and goes to the right one. */
async function firstCalls(gateway: Subject, scoring: Subject): Promise<string> {
  const first: number[] = []
  const next: number[] = []
  let server = scoring
  for (let round = 0; round < restarts; round++) {
    await stop(server.child)
    if ((await callMs(gateway.port)).status !== 502) throw new Error('the server should be away')
    server = await startScoring(scoring.port)
    for (const times of [first, next]) {
      const { status, ms } = await callMs(gateway.port)
      if (status !== 200) throw new Error(`status ${status}`)
      times.push(ms)
    }
  }
  await stop(server.child)
  const added = median(first.map((ms, i) => ms - (next[i] ?? ms)))
  return `The model server was ended and started again ${restarts} times on one port. First call after it came back (a 404, two questions
about its kind, \`/invocations\`): p50 ${median(first).toFixed(2)} ms; the call after it: p50 ${median(next).toFixed(2)} ms; paired difference p50 ${added.toFixed(2)} ms, new connections included.
`
}

async function main(): Promise<void> {
  const scoring = await startScoring()
  const openai = await startUpstream()
  const direct = { ...scoring, name: 'direct, /invocations', path: '/invocations' }
  const rename = (subject: Subject, name: string) => ({ ...subject, name })
  const adapter = rename(await startBareGateway(scoring), 'adapter, no policies, no log')
  const subjects = [
    direct,
    rename(await startBareGateway(openai), 'plain OpenAI server, no policies, no log'),
    adapter,
    rename(await startFullGateway(scoring), 'adapter, full chain + durable log'),
  ]
  const started = [openai, ...subjects.slice(1)]
  try {
    const text = `# The way to mlflow models serve, ${today}

${machine}. ${rounds} interleaved rounds of ${durationMs} ms at one connection after a warm-up, medians of paired differences; load, gateway and
model server share the cores. Request ${Buffer.byteLength(body)} B.

${await latencies(subjects)}
## The first call

${await firstCalls(adapter, scoring)}`
    process.stdout.write(text)
    if (!quick) saveResult(`${today}-adapter`, text)
  } finally {
    for (const subject of [...started, scoring]) await stop(subject.child)
  }
}

await main()
