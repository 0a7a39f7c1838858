// `npm run bench:store --workspace @keeptrusts/bench [-- --quick]`: what a durable, provable record costs.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openAuditStore, verifyLog } from '@keeptrusts/audit-store'
import { median } from './command-start.ts'
import { machine, saveResult, today } from './save-result.ts'
import { measureAppends, measureSyncs } from './store-append.ts'
import { config, decidedEvent } from './store-events.ts'

const quick = process.argv.includes('--quick')
const rounds = quick ? 2 : 5
const durationMs = quick ? 1000 : 4000
const inFlight = [1, 16, 64, 256]
const events = quick ? 50_000 : 1_000_000
const listRounds = quick ? 5 : 15
const kt = fileURLToPath(new URL('../../../apps/cli/bin/run.js', import.meta.url))

async function appending(): Promise<string> {
  const syncs = measureSyncs(durationMs)
  const { samples, bytesPerEvent } = await measureAppends(inFlight, { rounds, durationMs })
  const rows = samples.map(
    ({ eventsPerSecond, p50, p99, loopP99 }, i) =>
      `| ${inFlight[i]} | ${eventsPerSecond.toFixed(0)} | ${(eventsPerSecond / syncs).toFixed(1)} | ${p50.toFixed(2)} | ${p99.toFixed(1)} | ${loopP99.toFixed(1)} |\n`,
  )
  return `## Durable appends

An event is acknowledged when it, the tree's frontier and a signed note of the new root are synced to disk. Floor in the same run: one
thread that writes 4 KiB and syncs, ${syncs.toFixed(0)} times a second. ${bytesPerEvent.toFixed(0)} bytes an event on disk.

| appends in flight | events/s | events per sync of the floor | ack p50 ms | ack p99 ms | event loop delay p99 ms |
|---|---|---|---|---|---|
${rows.join('')}`
}

/** Makes a log of many events. Returns the folder of its data, with `audit` and `config/keys` in it. */
async function makeLog(folder: string): Promise<void> {
  const store = await openAuditStore({
    dir: join(folder, 'audit'),
    keysDir: join(folder, 'config', 'keys'),
  })
  await store.rememberConfig(config.hash, config.canonical)
  const start = Date.now() - events
  let next = 0
  const caller = async (): Promise<void> => {
    while (next < events) {
      const index = next++
      await store.append(decidedEvent(index, start + index))
    }
  }
  await Promise.all(Array.from({ length: 512 }, caller))
  await store.append({
    id: 'evt_started',
    type: 'gateway.started',
    time: new Date().toISOString(),
    stage: 'gateway',
    recording: 'every',
  })
  await store.close()
}

function verifying(folder: string): string {
  const anchors: string[] = []
  const report = verifyLog({ dir: join(folder, 'audit'), anchors })
  if (report.integrity.verdict !== 'intact')
    throw new Error('the log of the benchmark does not verify')
  const perMillion = (report.seconds / events) * 1_000_000
  return `## Verifying

${events} events, every hash, note, column and canonical form: ${report.seconds.toFixed(1)} s, ${perMillion.toFixed(1)} s per million.
`
}

function listing(folder: string): string {
  const env = {
    ...process.env,
    KEEPTRUSTS_DATA_DIR: folder,
    KEEPTRUSTS_CONFIG_DIR: join(folder, 'config'),
  }
  const commands = [
    ['-e', '0'],
    [kt, 'events', 'list', '--limit', '5'],
  ]
  const times = commands.map((): number[] => [])
  for (let round = 0; round < listRounds; round++)
    for (const [i, args] of commands.entries()) {
      const started = performance.now()
      const { status, stderr } = spawnSync(process.execPath, args, { env })
      if (status !== 0) throw new Error(String(stderr))
      times[i]?.push(performance.now() - started)
    }
  const [bare = [], list = []] = times
  const ratio = median(list.map((own, i) => own / (bare[i] ?? own)))
  return `## Listing

\`kt events list --limit 5\` on ${events} events, which also records that they were read: ${median(list).toFixed(0)} ms, ${ratio.toFixed(2)} x a bare node (${median(bare).toFixed(0)} ms).
`
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'keeptrusts-bench-'))
  try {
    const parts = [await appending()]
    await makeLog(folder)
    parts.push(verifying(folder), listing(folder))
    const text = `# The audit log, ${today}\n\n${machine}. ${rounds} interleaved rounds of ${durationMs} ms, medians.\n\n${parts.join('\n')}`
    process.stdout.write(text)
    if (!quick) saveResult(`${today}-store`, text)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

await main()
