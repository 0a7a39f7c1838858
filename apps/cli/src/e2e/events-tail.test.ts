import { spawnSync } from 'node:child_process'
import { renameSync } from 'node:fs'
import { join } from 'node:path'
import type { AuditEvent } from '@keeptrusts/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { callEvents, openSandboxLog } from '../fixtures/recorded-log.ts'
import type { Sandbox } from '../fixtures/spawn-kt.ts'
import { createSandbox } from '../fixtures/spawn-kt.ts'
import type { TailProcess } from '../fixtures/tail-process.ts'
import { startTail } from '../fixtures/tail-process.ts'

let sandbox: Sandbox
const running: TailProcess[] = []

beforeEach(() => {
  sandbox = createSandbox()
})
afterEach(async () => {
  for (const tail of running.splice(0)) await tail.end('SIGKILL')
  sandbox.remove()
})

function tail(...args: string[]): TailProcess {
  const started = startTail(sandbox, args)
  running.push(started)
  return started
}

const numberOf = (line: string) =>
  Number(/req_\S*?(\d{12})"|8001-(\d{12}) /.exec(line)?.slice(1).join(''))

describe('kt events tail', () => {
  it('waits for a log, shows each call as it ends, outlives gateways, and ends with Ctrl-C', async () => {
    const live = tail()
    await expect.poll(() => live.stderr()).toContain('Waiting for it.')
    const first = await openSandboxLog(sandbox)
    const [decided, completed] = callEvents(1)
    if (!decided || !completed) throw new Error('no events')
    await first.append(decided)
    await new Promise((resolve) => setTimeout(resolve, 600))
    // A call that still runs is not shown.
    expect(live.lines()).toEqual([])
    const ended = performance.now()
    await first.append(completed)
    await expect.poll(() => live.lines().length, { interval: 10 }).toBe(2)
    // Half a second, and the time a busy machine takes.
    expect(performance.now() - ended).toBeLessThan(2000)
    expect(live.lines()[0]).toMatch(/^TIME +ID +VERDICT/)
    await first.close()
    const second = await openSandboxLog(sandbox)
    for (const event of callEvents(2, { decision: 'block' }).slice(0, 1)) await second.append(event)
    await expect.poll(() => live.lines().length).toBe(3)
    expect(live.lines().slice(1).map(numberOf)).toEqual([1, 2])
    await second.close()
    expect(await live.end('SIGINT')).toBe(0)
    expect(live.stderr().split('\n')).toHaveLength(2)
  })

  it('begins with the newest calls, oldest first, and shows none twice', async () => {
    const store = await openSandboxLog(sandbox)
    for (let n = 1; n <= 9; n++) for (const event of callEvents(n)) await store.append(event)
    const live = tail('--json', '--limit', '3')
    await expect.poll(() => live.lines().length).toBe(3)
    for (const event of callEvents(10)) await store.append(event)
    await expect.poll(() => live.lines().map(numberOf)).toEqual([7, 8, 9, 10])
    await store.close()
    expect(await live.end('SIGTERM')).toBe(0)
  })

  it('shows only what is asked for', async () => {
    const store = await openSandboxLog(sandbox)
    const wanted = { decision: 'block', model: 'b' }
    const kinds = [{ decision: 'allow', model: 'a' }, wanted, { decision: 'redact', model: 'a' }]
    const add = async (from: number) => {
      for (const [i, fields] of kinds.entries())
        for (const event of endingOf(callEvents(from + i, fields))) await store.append(event)
    }
    // A call that is refused has one record.
    const endingOf = (events: AuditEvent[]) =>
      events.slice(0, events[0]?.decision === 'block' ? 1 : 2)
    await add(1)
    const blocked = tail('--json', '--verdict', 'block')
    const model = tail('--json', '--model', 'b')
    const policy = tail('--json', '--policy', 'rbac')
    await expect.poll(() => model.lines().length).toBe(1)
    await add(4)
    await expect.poll(() => model.lines().map(numberOf)).toEqual([2, 5])
    await expect.poll(() => blocked.lines().map(numberOf)).toEqual([2, 5])
    expect(policy.lines()).toEqual([])
    await store.close()
  })

  it('ends by itself with --once, and when its reader has gone', async () => {
    expect(await sandbox.kt(['events', 'tail', '--once'])).toMatchObject({ code: 0, stdout: '' })
    const store = await openSandboxLog(sandbox)
    for (let n = 1; n <= 3; n++) for (const event of callEvents(n)) await store.append(event)
    await store.close()
    const { stdout } = await sandbox.kt(['events', 'tail', '--once', '--limit', '2'])
    expect(stdout.trimEnd().split('\n').slice(1).map(numberOf)).toEqual([2, 3])
  })

  it('goes on with the log that replaces another', async () => {
    const old = await openSandboxLog(sandbox)
    for (const event of callEvents(1)) await old.append(event)
    await old.close()
    const live = tail('--json')
    await expect.poll(() => live.lines().map(numberOf)).toEqual([1])
    renameSync(join(sandbox.dataDir, 'audit'), join(sandbox.dataDir, 'old'))
    const next = await openSandboxLog(sandbox)
    for (const event of callEvents(2)) await next.append(event)
    await expect.poll(() => live.lines().map(numberOf)).toEqual([1, 2])
    await next.close()
  })

  it.runIf(process.platform === 'linux')(
    'takes next to no processor time while nothing happens',
    async () => {
      const store = await openSandboxLog(sandbox)
      for (const event of callEvents(1)) await store.append(event)
      const live = tail()
      await expect.poll(() => live.lines().length).toBe(2)
      const ticks = () => {
        const stat = spawnSync('cat', [`/proc/${live.child.pid}/stat`], { encoding: 'utf8' }).stdout
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        return Number(fields[11]) + Number(fields[12])
      }
      await new Promise((resolve) => setTimeout(resolve, 500))
      const before = ticks()
      await new Promise((resolve) => setTimeout(resolve, 3000))
      // Hundredths of a second, of 300.
      expect(ticks() - before).toBeLessThanOrEqual(12)
      await store.close()
    },
  )
})
