import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { readWholeLog } from './fixtures/read-log.ts'
import { temporaryLog } from './fixtures/temporary-log.ts'
import { openAuditStore } from './open-audit-store.ts'

const rounds = process.env['KEEPTRUSTS_SOAK'] ? 200 : 12
const loader = new URL('../dev/register-typescript.mjs', import.meta.url).href
const script = fileURLToPath(new URL('./fixtures/append-forever.ts', import.meta.url))

interface Run {
  readonly prefix: string
  /** Milliseconds between the first line and SIGKILL. */
  readonly killAfterMs: number
  /** Runs between the first line and the wait for the kill. */
  readonly meanwhile?: (pid: number, said: () => string) => Promise<void>
  /** Put before the command, as in `strace …`. */
  readonly wrapper?: readonly string[]
}

type Folders = ReturnType<typeof temporaryLog>

/** Lets a process append until it is killed; resolves with the lines it managed to say. */
function appendUntilKilled(folders: Folders, run: Run): Promise<readonly string[]> {
  const node = [process.execPath, '--conditions=@keeptrusts/source', '--import', loader, script]
  const command = [...(run.wrapper ?? []), ...node, folders.dir, folders.keysDir, run.prefix]
  const child = spawn(String(command[0]), command.slice(1), {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  })
  const kill = (): void => {
    // The whole group: a tracer would leave its child behind.
    const running = child.exitCode === null && child.signalCode === null
    if (child.pid !== undefined && running) process.kill(-child.pid, 'SIGKILL')
  }
  onTestFinished(kill)
  let said = ''
  const meanwhile = new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => {
      const work = run.meanwhile?.(Number(child.pid), () => said) ?? Promise.resolve()
      work.then(resolve, reject).finally(() => setTimeout(kill, run.killAfterMs))
    })
    child.stdout.once('end', resolve)
  })
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const lines = new Promise<readonly string[]>((resolve) =>
    // The last line may be cut off.
    child.stdout.once('end', () => resolve(said.split('\n').slice(0, -1))),
  )
  return Promise.all([lines, meanwhile]).then(([found]) => found)
}

function acknowledgedIn(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => line.startsWith('ack ')).map((line) => line.slice(4))
}

function lost(acknowledged: readonly string[], dir: string): readonly string[] {
  const kept = new Set(readWholeLog(dir).map((event) => event['id']))
  return acknowledged.filter((id) => !kept.has(id))
}

describe('a process that is killed while it appends', () => {
  it('loses no acknowledged event in many rounds on one log, and leaves a log that opens at once', async () => {
    const folders = temporaryLog(onTestFinished)
    const acknowledged: string[] = []
    for (let round = 0; round < rounds; round++) {
      const lines = await appendUntilKilled(folders, {
        prefix: String(round),
        killAfterMs: (round * 37) % 200,
      })
      expect(lines[0]).toBe('open')
      acknowledged.push(...acknowledgedIn(lines))
    }
    expect(acknowledged.length).toBeGreaterThan(100)
    expect(lost(acknowledged, folders.dir)).toEqual([])
    await (await openAuditStore(folders)).close()
  }, 120_000)
})

describe('two processes on one log', () => {
  it('end with the second told at once which process has it, and let in as soon as that one is killed', async () => {
    const folders = temporaryLog(onTestFinished)
    const lines = await appendUntilKilled(folders, {
      prefix: 'first',
      killAfterMs: 0,
      meanwhile: (pid) =>
        expect(openAuditStore(folders)).rejects.toMatchObject({
          code: 'data-dir-in-use',
          message: expect.stringContaining(`process ${pid}.`),
        }),
    })
    expect(lines[0]).toBe('open')
    await (await openAuditStore(folders)).close()
    expect(lost(acknowledgedIn(lines), folders.dir)).toEqual([])
  }, 60_000)
})

const tracer = 'strace'
const probe = spawnSync(tracer, ['-e', 'inject=fsync:error=EIO:when=99', 'true'])

describe.skipIf(probe.status !== 0)('a disk that fails under a running process', () => {
  it.each([
    ['the 25th fsync only', 'fsync,fdatasync:error=EIO:when=25'],
    ['every write from the 60th on', 'pwrite64:error=ENOSPC:when=60+'],
  ])(
    'loses no acknowledged event, nor the process, when %s fails',
    async (_name, fault) => {
      const folders = temporaryLog(onTestFinished)
      const wrapper = [tracer, '-f', '-qq', '-o', '/dev/null', '-e', `inject=${fault}`]
      const lines = await appendUntilKilled(folders, {
        prefix: 'x',
        killAfterMs: 200,
        wrapper,
        meanwhile: (_pid, said) =>
          vi.waitFor(() => expect(said()).toContain('no audit_un'), 30_000),
      })
      expect(lines[0]).toBe('open')
      expect(lines).toContain('no audit_unavailable')
      expect(lost(acknowledgedIn(lines), folders.dir)).toEqual([])
      await (await openAuditStore(folders)).close()
    },
    60_000,
  )
})
