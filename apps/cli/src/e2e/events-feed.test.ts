import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bodiesIn, callEvents, openSandboxLog, startEvent } from '../fixtures/recorded-log.ts'
import type { Sandbox } from '../fixtures/spawn-kt.ts'
import { createSandbox, ktBin } from '../fixtures/spawn-kt.ts'
import { startTail } from '../fixtures/tail-process.ts'

let sandbox: Sandbox
beforeEach(() => {
  sandbox = createSandbox()
})
afterEach(() => sandbox.remove())

const feed = ['--json', '--since-cursor', 'feed.cursor']
const once = () => sandbox.kt(['events', 'tail', ...feed, '--once'])
const cursorFile = () => join(sandbox.folder, 'feed.cursor')
const cursor = () => JSON.parse(readFileSync(cursorFile(), 'utf8'))
const seqOf = (line: string): number => JSON.parse(line).seq

async function write(from: number, to: number): Promise<void> {
  const store = await openSandboxLog(sandbox)
  for (let n = from; n < to; n++) for (const event of callEvents(n)) await store.append(event)
  await store.close()
}

describe('kt events tail --since-cursor', () => {
  it('writes all records as they are stored, and then only new ones', async () => {
    await write(0, 100)
    const first = await once()
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toBe(`${bodiesIn(sandbox).join('\n')}\n`)
    expect(await once()).toMatchObject({ code: 0, stdout: '' })
    const before = bodiesIn(sandbox).length
    await write(100, 103)
    expect((await once()).stdout).toBe(`${bodiesIn(sandbox).slice(before).join('\n')}\n`)
    expect(cursor()).toEqual({ version: 1, log: expect.any(String), next: before + 6 })
  })

  it('skips nothing and doubles nothing over orderly ends, and only doubles after a kill', async () => {
    const steps = fc.array(
      fc.record({
        before: fc.integer({ min: 0, max: 150 }),
        during: fc.integer({ min: 0, max: 40 }),
        end: fc.constantFrom('SIGINT', 'SIGTERM', 'SIGKILL', 'once'),
        afterMs: fc.integer({ min: 0, max: 400 }),
      }),
      { minLength: 1, maxLength: 4 },
    )
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const own = createSandbox()
        const store = await openSandboxLog(own)
        try {
          let n = 0
          const append = async (count: number) => {
            for (const last = n + count; n < last; n++)
              await Promise.all(callEvents(n).map((event) => store.append(event)))
          }
          const runs: { lines: readonly string[]; killed: boolean }[] = []
          for (const { before, during, end, afterMs } of history) {
            await append(before)
            const tail = startTail(own, end === 'once' ? [...feed, '--once'] : feed)
            await append(during)
            if (end !== 'once') {
              await expect.poll(() => existsSync(join(own.folder, 'feed.cursor'))).toBe(true)
              await new Promise((resolve) => setTimeout(resolve, afterMs))
            }
            const code = await (end === 'once' ? tail.exited : tail.end(end))
            // A signal that comes before kt listens for it kills it, too.
            const killed = code === null
            expect([killed && end !== 'once' ? 0 : code, tail.stderr()]).toEqual([0, ''])
            runs.push({ lines: tail.lines(), killed })
          }
          const rest = startTail(own, [...feed, '--once'])
          expect(await rest.exited).toBe(0)
          runs.push({ lines: rest.lines(), killed: false })
          expectNothingLost(runs, bodiesIn(own))
        } finally {
          await store.close()
          own.remove()
        }
      }),
      { numRuns: process.env['KEEPTRUSTS_LONG'] ? 30 : 2 },
    )
  }, 600_000)

  it('does not count as read what a reader left behind', async () => {
    await write(0, 300)
    const command = `"${process.execPath}" "${ktBin}" events tail ${feed.join(' ')} | head -n 5`
    const { stdout } = spawnSync('sh', ['-c', command], {
      cwd: sandbox.folder,
      env: { ...sandbox.env },
      encoding: 'utf8',
      timeout: 60_000,
    })
    const got = stdout.trimEnd().split('\n').map(seqOf)
    expect(got).toEqual([0, 1, 2, 3, 4])
    const next = seqOf((await once()).stdout.split('\n')[0] ?? '')
    expect(next).toBeLessThanOrEqual(5)
  })

  it('names what retention removed before it was read, and goes on', async () => {
    await write(0, 10)
    const store = await openSandboxLog(sandbox)
    await store.append(startEvent('background'))
    await store.close()
    writeFileSync(cursorFile(), JSON.stringify({ version: 1, log: store.log, next: 3 }))
    removeBelow(8)
    const { code, stdout, stderr } = await once()
    expect(code).toBe(0)
    expect(stderr).toMatch(/^Gap: records 3 to 7 of log [0-9a-f]{32} .*record 8\.\n$/)
    expect(stdout.trimEnd().split('\n').map(seqOf)[0]).toBe(8)
  })

  it('refuses the cursor of another log, one that is ahead, and one that is none', async () => {
    await write(0, 2)
    const { log } = JSON.parse(bodiesIn(sandbox)[0] ?? '')
    for (const [text, why] of [
      [JSON.stringify({ version: 1, log: 'ab'.repeat(16), next: 1 }), 'belongs to log abab'],
      [JSON.stringify({ version: 1, log, next: 99 }), 'records that were read are gone'],
      ['{}', 'is not a cursor'],
    ] as const) {
      writeFileSync(cursorFile(), text)
      const { code, stdout, stderr } = await sandbox.kt(['events', 'tail', ...feed, '--once'])
      expect(code).toBe(1)
      // With --json errors are JSON.
      expect(JSON.parse(stdout).error).toMatchObject({
        code: 'cursor-wrong',
        message: expect.stringContaining(why),
        suggestion: expect.stringMatching(/cursor file|another file/),
      })
      expect(stderr).toBe('')
      expect(readFileSync(cursorFile(), 'utf8')).toBe(text)
    }
    rmSync(cursorFile())
    expect((await once()).code).toBe(0)
  })

  it('is for records, not for calls', async () => {
    expect((await sandbox.kt(['events', 'tail', '--since-cursor', 'c'])).code).toBe(2)
    expect((await sandbox.kt(['events', 'tail', ...feed, '--verdict', 'block'])).code).toBe(2)
  })
})

function expectNothingLost(
  runs: readonly { readonly lines: readonly string[]; readonly killed: boolean }[],
  bodies: readonly string[],
): void {
  let next = 0
  let killed = false
  for (const run of runs) {
    const [first] = run.lines
    if (first !== undefined) {
      const start = seqOf(first)
      // A kill may make records come again; an orderly end never does.
      if (killed) expect(start).toBeLessThanOrEqual(next)
      else expect(start).toBe(next)
      expect(run.lines).toEqual(bodies.slice(start, start + run.lines.length))
      next = Math.max(next, start + run.lines.length)
    }
    killed = run.killed || (killed && first === undefined)
  }
  expect(next).toBe(bodies.length)
}

/** What retention does to the rows. */
function removeBelow(first: number): void {
  const database = new Database(join(sandbox.dataDir, 'audit', 'audit.db'))
  database.exec(`UPDATE prune_window SET upto = ${first}`)
  database.exec(`DELETE FROM events WHERE seq < ${first}`)
  database.exec(`UPDATE prune SET first = ${first}`)
  database.close()
}
