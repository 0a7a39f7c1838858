import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startGateway } from '../../fixtures/start-gateway.ts'
import { spawnTraced } from '../../fixtures/traced-gateway.ts'
import { chat, startBench } from '../guards/bench.ts'

const probe = spawnSync('strace', ['-e', 'inject=fsync:error=EIO:when=99', 'true'])
const calls = process.env['KEEPTRUSTS_SOAK'] ? 4000 : 300

async function stoppedBench() {
  const bench = await startBench()
  onTestFinished(() => bench.stop())
  bench.gateway.child.kill('SIGTERM')
  await bench.gateway.exited
  return { ...bench, file: join(bench.sandbox.dataDir, 'audit', 'audit.db') }
}

describe.skipIf(probe.status !== 0)('a disk that fails again and again', () => {
  // `when=a+b`: the a-th call, and then every b-th, so that one run fails at many places of a commit.
  it.each([
    ['P5: fsync', 'fsync,fdatasync:error=EIO:when=30+23'],
    ['P5: writes', 'pwrite64:error=ENOSPC:when=150+41'],
  ])(
    '%s: no false answer, the process lives, the log is sound',
    async (_name, fault) => {
      const { sandbox, file } = await stoppedBench()
      const wrapper = ['strace', '-f', '-qq', '-o', '/dev/null', '-e', `inject=${fault}`]
      const gateway = await spawnTraced(sandbox, wrapper)
      onTestFinished(() => void gateway.child.kill('SIGKILL'))
      const places: string[] = []
      const refused: number[] = []
      for (let call = 0; call < calls; call++) {
        const answer = await fetch(`${gateway.url}/v1/chat/completions`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: chat('hello'),
        })
        await answer.arrayBuffer()
        if (answer.ok) places.push(String(answer.headers.get('x-keeptrusts-event')))
        else {
          refused.push(answer.status)
          await new Promise((resolve) => setTimeout(resolve, 20))
        }
      }
      expect(new Set(refused)).toEqual(new Set([503]))
      expect(places.length).toBeGreaterThan(0)
      expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200)
      gateway.child.kill('SIGKILL')
      await gateway.exited

      // The next start checks the head, the last block and the note.
      const next = await startGateway(sandbox, [])
      next.child.kill('SIGTERM')
      expect(await next.exited).toBe(0)
      const database = new Database(file, { readonly: true })
      expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
      const seqs = new Set(database.prepare('SELECT seq FROM events').pluck().all())
      const types = new Set(database.prepare('SELECT type FROM events').pluck().all())
      database.close()
      expect(places.filter((place) => !seqs.has(Number(place.split('/')[1])))).toEqual([])
      expect(types).toContain('audit.recovered')
    },
    240_000,
  )
})

describe('P5: a log that is not sound', () => {
  it.each([
    [
      'a damaged page',
      (file: string) => {
        const bytes = readFileSync(file)
        writeFileSync(file, bytes.fill(0xaa, 4096 * 4, 4096 * 5))
      },
    ],
    ['no database', (file: string) => writeFileSync(file, 'text\n'.repeat(2000))],
  ])(
    'P5: %s is refused at the start, kept as it is, and kt says how to go on',
    async (_name, harm) => {
      const { sandbox, file } = await stoppedBench()
      harm(file)
      const before = readFileSync(file)
      const refused = await sandbox.kt(['gateway', 'run', '--port', '0'])
      expect(refused.code).toBe(1)
      expect(refused.stderr).toContain('kt events recover')
      expect(readFileSync(file).equals(before)).toBe(true)
      const look = await sandbox.kt(['events', 'recover'])
      expect([look.code, look.stdout.includes('store-damaged')]).toEqual([1, true])
      expect(readFileSync(file).equals(before)).toBe(true)

      const anew = await sandbox.kt(['events', 'recover', '--start-new', '--json'])
      expect(anew.code).toBe(0)
      const { new_log } = JSON.parse(anew.stdout) as {
        readonly new_log: { readonly setAside: string }
      }
      expect(readFileSync(join(new_log.setAside, 'audit.db')).equals(before)).toBe(true)
      const gateway = await startGateway(sandbox, [])
      const running = await sandbox.kt(['events', 'recover', '--start-new'])
      expect([running.code, running.stderr.includes('in use by process')]).toEqual([1, true])
      gateway.child.kill('SIGTERM')
      expect(await gateway.exited).toBe(0)
      const { stdout } = await sandbox.kt(['events', 'list', '--raw'])
      const events = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>)
      expect(events.reverse().slice(0, 3)).toMatchObject([
        { type: 'audit.genesis' },
        { type: 'audit.recovered', reason: 'new_log' },
        { type: 'gateway.started' },
      ])
    },
    120_000,
  )
})
