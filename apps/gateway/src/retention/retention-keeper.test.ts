import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LogTask, LogTaskResult } from '@keeptrusts/audit-store'
import { runTask, withLogWriter } from '@keeptrusts/audit-store'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createLog } from '../log/log.ts'
import { RetentionKeeper } from './retention-keeper.ts'

const hourMs = 3_600_000
const begin = Date.UTC(2026, 0, 1)

/** A keeper over a real log, on clocks of its own. */
function aKeeper(pace = { clockMs: 5, pruneMs: 10 }) {
  const root = mkdtempSync(join(tmpdir(), 'kt-retention-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const clock = { wall: begin, up: 0 }
  const place = { dir: join(root, 'audit'), keysDir: join(root, 'keys'), now: () => clock.wall }
  const tasks: LogTask[] = []
  const lines: string[] = []
  const run = async <Task extends LogTask>(task: Task): Promise<LogTaskResult<Task>> => {
    tasks.push(task)
    return withLogWriter({ ...place, brief: true }, (writer) => runTask(writer, task))
  }
  const keeper = new RetentionKeeper({
    store: { run },
    log: createLog((line) => lines.push(line)),
    now: () => clock.wall,
    uptime: () => clock.up,
    pace,
  })
  onTestFinished(() => keeper.stop())
  const pass = (ms: number): void => {
    clock.wall += ms
    clock.up += ms
  }
  const jumps = () => tasks.filter(({ kind }) => kind === 'clock-jump')
  const prunes = () => tasks.filter(({ kind }) => kind === 'prune-step').length
  return { keeper, clock, tasks, lines, pass, jumps, prunes, run }
}

describe('the keeper of retention', () => {
  it('looks for old records at the start and then as often as it should', async () => {
    const { keeper, prunes, pass } = aKeeper({ clockMs: 5, pruneMs: hourMs })
    keeper.start()
    await vi.waitFor(() => expect(prunes()).toBe(1))
    pass(hourMs - 1)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(prunes()).toBe(1)
    pass(1)
    await vi.waitFor(() => expect(prunes()).toBe(2))
  })

  it.each([
    ['forward', 2 * hourMs],
    ['back', -2 * hourMs],
  ])('records that the clock was set %s', async (_name, ms) => {
    const { keeper, clock, jumps, lines } = aKeeper()
    keeper.start()
    clock.wall += ms
    await vi.waitFor(() =>
      expect(jumps()).toEqual([{ kind: 'clock-jump', from: begin, to: begin + ms }]),
    )
    await vi.waitFor(() => expect(lines.join('')).toContain('"retention.clock_jump"'))
    await keeper.stop()
    expect(jumps()).toHaveLength(1)
  })

  it('takes many small steps for what they are together', async () => {
    const { keeper, clock, jumps, pass } = aKeeper()
    keeper.start()
    for (let step = 0; step < 3; step += 1) {
      clock.wall += 0.4 * hourMs
      pass(1000)
      await new Promise((resolve) => setTimeout(resolve, 40))
      expect(jumps()).toHaveLength(step < 2 ? 0 : 1)
    }
  })

  it('believes a small step, and time that passed while the machine slept', async () => {
    const { keeper, clock, jumps, prunes, pass } = aKeeper()
    keeper.start()
    clock.wall += hourMs
    pass(100 * hourMs)
    const before = prunes()
    await vi.waitFor(() => expect(prunes()).toBeGreaterThan(before))
    expect(jumps()).toEqual([])
  })

  it('says once that deleting is suspended, and again when that has changed', async () => {
    const { keeper, clock, lines, run, prunes, pass } = aKeeper()
    const said = () => lines.filter((line) => line.includes('retention.suspended')).length
    keeper.start()
    clock.wall += 5000 * hourMs
    await vi.waitFor(() => expect(said()).toBe(1))
    pass(11)
    const before = prunes()
    await vi.waitFor(() => expect(prunes()).toBeGreaterThan(before))
    expect(said()).toBe(1)
    const actor = { os_user: 'root', operator: null }
    await run({ kind: 'confirm-clock', actor, now: clock.wall })
    const after = prunes()
    pass(11)
    await vi.waitFor(() => expect(prunes()).toBeGreaterThan(after))
    clock.wall += 5000 * hourMs
    pass(11)
    await vi.waitFor(() => expect(said()).toBe(2))
  })

  it('takes a last look at the clock when it stops', async () => {
    const { keeper, clock, jumps } = aKeeper({ clockMs: hourMs, pruneMs: hourMs })
    keeper.start()
    await new Promise((resolve) => setTimeout(resolve, 50))
    clock.wall += 2 * hourMs
    await keeper.stop()
    expect(jumps()).toHaveLength(1)
  })

  it('goes on after a failure', async () => {
    const lines: string[] = []
    const results: (() => Promise<unknown>)[] = [
      () => Promise.reject(new Error('no disk')),
      () => Promise.resolve({ state: 'idle', first: 0 }),
    ]
    let calls = 0
    const run = () => results[Math.min(calls++, 1)]?.() as Promise<never>
    const log = createLog((line) => lines.push(line))
    const keeper = new RetentionKeeper({
      store: { run },
      log,
      uptime: () => calls * 100,
      pace: { clockMs: 5, pruneMs: 10 },
    })
    keeper.start()
    await vi.waitFor(() => expect(calls).toBeGreaterThan(1))
    await keeper.stop()
    expect(lines.join('')).toContain('retention.failed')
  })
})
