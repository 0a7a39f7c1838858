import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { GatewayProcess } from '../../fixtures/start-gateway.ts'
import { startGateway } from '../../fixtures/start-gateway.ts'
import { spawnTraced } from '../../fixtures/traced-gateway.ts'
import type { Bench } from '../guards/bench.ts'
import { chat, startBench } from '../guards/bench.ts'

const rounds = process.env['KEEPTRUSTS_SOAK'] ? 200 : 4
const canTrace = spawnSync('strace', ['-V']).status === 0

let bench: Bench
let gateway: GatewayProcess
beforeAll(async () => {
  bench = await startBench()
  gateway = bench.gateway
})
afterAll(async () => {
  gateway.child.kill('SIGKILL')
  await gateway.exited
  await bench.stop()
})

/** Calls the gateway; resolves with the place of the record that its answer names. */
async function ask(): Promise<string | null> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers,
    body: chat('hello'),
  })
  await answer.arrayBuffer()
  return answer.headers.get('x-keeptrusts-event')
}

function recordedPlaces(): ReadonlySet<string> {
  const file = join(bench.sandbox.dataDir, 'audit', 'audit.db')
  const database = new Database(file, { readonly: true })
  const log = database.prepare("SELECT value FROM meta WHERE key = 'log'").pluck().get()
  const seqs = database.prepare('SELECT seq FROM events').pluck().all()
  database.close()
  return new Set(seqs.map((seq) => `${log}/${seq}`))
}

it(`P4: what an answer says is recorded survives kill -9, in ${rounds} rounds`, async () => {
  const places: string[] = []
  for (let round = 0; round < rounds; round++) {
    const { child } = gateway
    const clients = Array.from({ length: 16 }, async () => {
      while (child.exitCode === null && child.signalCode === null) {
        const place = await ask().catch(() => null)
        if (place !== null) places.push(place)
      }
    })
    // Not by the clock: a slow machine would be killed before its first answer.
    const enough = places.length + 30 + ((round * 37) % 50)
    await expect.poll(() => places.length, { interval: 5 }).toBeGreaterThan(enough)
    child.kill('SIGKILL')
    await Promise.all([gateway.exited, ...clients])
    gateway = await startGateway(bench.sandbox, [])
  }
  const recorded = recordedPlaces()
  expect(places.length).toBeGreaterThan(rounds * 10)
  expect(places.filter((place) => /\/\d+$/.test(place) && !recorded.has(place))).toEqual([])
}, 600_000)

it.skipIf(!canTrace)(
  'P4: a log that is opened again syncs before every answer',
  async () => {
    gateway.child.kill('SIGTERM')
    await gateway.exited
    const trace = join(bench.sandbox.folder, 'trace')
    const wrapper = ['strace', '-f', '-qq', '-o', trace, '-e', 'trace=fsync,fdatasync']
    gateway = await spawnTraced(bench.sandbox, wrapper)
    const syncs = (): number => readFileSync(trace, 'utf8').match(/f(?:data)?sync\(/g)?.length ?? 0
    const before = syncs()
    for (let call = 0; call < 20; call++) await ask()
    // Two records per call, one after the other: with synchronous = NORMAL there would be next to none.
    expect(syncs() - before).toBeGreaterThanOrEqual(40)
  },
  120_000,
)
