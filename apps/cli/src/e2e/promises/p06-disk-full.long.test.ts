import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startGateway } from '../../fixtures/start-gateway.ts'
import { chat, codeOf, parseAnswer, startBench } from '../guards/bench.ts'

const mebibyte = 1024 * 1024

/** A disk of 16 MiB at a folder; false where this user may not mount one. */
function mountDisk(folder: string): boolean {
  const options = ['-t', 'tmpfs', '-o', 'size=16m,mode=700', 'tmpfs', folder]
  return spawnSync('mount', options, { stdio: 'ignore' }).status === 0
}

function unmount(folder: string): void {
  spawnSync('umount', ['-l', folder], { stdio: 'ignore' })
}

const canMount = ((): boolean => {
  const folder = join(import.meta.dirname, `.disk-${process.pid}`)
  mkdirSync(folder)
  const mounted = mountDisk(folder)
  if (mounted) unmount(folder)
  rmSync(folder, { recursive: true })
  return mounted
})()

it.skipIf(!canMount)(
  'P6: a full disk refuses calls, says so, kills nobody, and is served again when there is room',
  async () => {
    const bench = await startBench()
    const { sandbox } = bench
    onTestFinished(() => bench.stop())
    const disk = join(sandbox.folder, 'disk')
    mkdirSync(disk)
    mountDisk(disk)
    onTestFinished(() => unmount(disk))
    const env = { KEEPTRUSTS_DATA_DIR: join(disk, 'data') }
    const gateway = await startGateway(sandbox, [], env)
    onTestFinished(() => void gateway.child.kill('SIGKILL'))
    const ask = async () => {
      const answer = await fetch(`${gateway.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: chat('hello'),
      })
      return { status: answer.status, body: await answer.text() }
    }
    const ready = async () => (await fetch(`${gateway.url}/readyz`)).status
    expect((await ask()).status).toBe(200)
    // The ballast is taken within the first second.
    await new Promise((resolve) => setTimeout(resolve, 1500))

    const { bavail, bsize } = statfsSync(disk)
    writeFileSync(join(disk, 'filler'), Buffer.alloc(bavail * bsize - 0.3 * mebibyte))
    await expect.poll(ready, { timeout: 5000, interval: 50 }).toBe(503)
    const refused = await ask()
    expect(refused.status).toBe(503)
    expect(refused.body).toContain('audit_unavailable')
    const listed = await sandbox.kt(['events', 'list'], { env })
    expect(listed.code, listed.stderr).toBe(1)
    expect(listed.stderr).toContain('full')
    const status = await sandbox.kt(['gateway', 'status', '--json'], { env })
    expect(JSON.parse(status.stdout)).toMatchObject({
      log: { state: 'degraded', reason: 'the disk is almost full' },
    })
    expect(gateway.child.exitCode).toBeNull()

    rmSync(join(disk, 'filler'))
    await expect.poll(ready, { timeout: 5000, interval: 50 }).toBe(200)
    expect((await ask()).status).toBe(200)
    gateway.child.kill('SIGTERM')
    expect(await gateway.exited).toBe(0)
    const { stdout } = await sandbox.kt(['events', 'list', '--raw'], { env })
    const types = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type)
    expect(types).toContain('audit.space_low')
    expect(types).toContain('audit.recovered')
    expect(codeOf(await bench.ask(chat('the other gateway is not concerned')))).toBeNull()
    expect(parseAnswer(await bench.ask(chat('nor is it now'))).status).toBe(200)
  },
  120_000,
)
