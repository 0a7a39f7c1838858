// `npm run bench:log-back --workspace @keeptrusts/bench [-- --quick]`: what reporting to MLflow costs a call, paired.
import { compare, interleave, summarize } from './interleave.ts'
import { rssMb, stop } from './processes.ts'
import { sample } from './sample.ts'
import { machine, saveResult, today } from './save-result.ts'
import { startFullGateway, startReportingGateway } from './subjects/gateways.ts'
import { startTracking, startUpstream } from './subjects/model-servers.ts'
import type { Subject } from './subjects/subject.ts'
import { freePort } from './subjects/subject.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 3 : 9
const durationMs = quick ? 1500 : 4000

async function table(subjects: readonly Subject[], connections: number): Promise<string> {
  const samples = await interleave(subjects, { rounds, durationMs, connections })
  const rows = subjects.map((subject, i) => {
    const { p50, cpuUs, rps } = summarize(samples[i] ?? [])
    const { p50Ratio, cpuRatio } = compare(samples[i] ?? [], samples[0] ?? [])
    const memory = (rssMb(subject.child.pid ?? 0) ?? Number.NaN).toFixed(0)
    const load = `${cpuUs.median.toFixed(0)} | ${cpuRatio.median.toFixed(3)} | ${rps.median.toFixed(0)}`
    return `| ${subject.name} | ${p50.median.toFixed(3)} | ${p50Ratio.median.toFixed(3)} | ${load} | ${memory} |\n`
  })
  return `
## ${connections} connection${connections === 1 ? '' : 's'}

| subject | p50 ms | x | CPU us/request | x | requests/s | RSS MB |
|---|---|---|---|---|---|---|
${rows.join('')}`
}

async function main(): Promise<void> {
  const upstream = await startUpstream()
  const tracking = await startTracking()
  const away = `http://127.0.0.1:${await freePort()}`
  const there = `http://127.0.0.1:${tracking.port}`
  const subjects = [
    await startFullGateway(upstream),
    await startReportingGateway('the same, callbacks', upstream, there),
    await startReportingGateway('the same, callbacks, tracking server down', upstream, away),
  ]
  const started = [upstream, tracking, ...subjects]
  try {
    for (const subject of subjects) await sample(subject, { connections: 16, durationMs })
    const text = `# Reporting to MLflow, ${today}

${machine}. ${rounds} interleaved rounds of ${durationMs} ms after a warm-up; \`x\` is the median of the ratios to the gateway without
callbacks in the same round. Load, gateway, model server and tracking server share the cores.
${await table(subjects, 1)}${await table(subjects, 16)}`
    process.stdout.write(text)
    if (!quick) saveResult(`${today}-log-back`, text)
  } finally {
    for (const subject of started.reverse()) await stop(subject.child)
  }
}

await main()
