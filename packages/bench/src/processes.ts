import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** Starts a program and resolves with the first line it prints that matches. */
export function startAndWait(
  command: readonly [string, ...string[]],
  ready: RegExp,
  options: SpawnOptions = {},
): Promise<{ child: ChildProcess; match: RegExpExecArray }> {
  const [program, ...args] = command
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      const match = ready.exec(output)
      if (match) resolve({ child, match })
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code}:\n${output}`)))
  })
}

/** Asks a process to end and waits until it has. */
export function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

/** CPU time in milliseconds of a process and its children so far (Linux `/proc`; `null` elsewhere). */
export function cpuMs(pid: number): number | null {
  if (!existsSync(`/proc/${pid}/stat`)) return null
  const tickMs = 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
  return family(pid).reduce((sum, member) => sum + ticks(member), 0) * tickMs
}

/** Resident memory in MB of a process and its children (Linux; `null` elsewhere). */
export function rssMb(pid: number): number | null {
  if (!existsSync(`/proc/${pid}/status`)) return null
  const kb = (member: number) =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${member}/status`, 'utf8'))?.[1] ?? 0)
  return family(pid).reduce((sum, member) => sum + kb(member), 0) / 1024
}

function ticks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
}

function family(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`)
    .map((task) => `/proc/${pid}/task/${task}/children`)
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, 'utf8').split(' '))
    .filter((text) => text !== '')
  return [pid, ...children.flatMap((child) => family(Number(child)))]
}
