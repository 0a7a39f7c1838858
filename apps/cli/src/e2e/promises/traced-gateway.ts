import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Sandbox } from '../../fixtures/spawn-kt.ts'
import { ktBin } from '../../fixtures/spawn-kt.ts'
import type { GatewayProcess } from '../../fixtures/start-gateway.ts'

/** Starts `kt gateway run` under a command such as `strace …`, in a process group of its own that ends with the test. */
export async function spawnTraced(
  sandbox: Sandbox,
  wrapper: readonly string[],
): Promise<GatewayProcess> {
  const [command = '', ...before] = wrapper
  const args = [...before, process.execPath, ktBin, 'gateway', 'run', '--port', '0']
  const child = spawn(command, args, {
    cwd: sandbox.folder,
    env: sandbox.env,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  let text = ''
  const exited = once(child, 'close').then(([code]) => code as number | null)
  const kill = child.kill.bind(child)
  // The tracer would leave its child behind.
  child.kill = (signal = 'SIGTERM') => {
    if (child.pid === undefined || child.exitCode !== null) return kill(signal)
    try {
      return process.kill(-child.pid, signal)
    } catch {
      return false
    }
  }
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      text += chunk
      const found = / on (http:\S+)\n[\s\S]*\n {2}Try/.exec(text)
      if (found?.[1] !== undefined) resolve(found[1])
    })
    void exited.then((code) => reject(new Error(`${command} ended with ${code}:\n${text}`)))
  })
  return { url, child, stderr: () => text, exited }
}
