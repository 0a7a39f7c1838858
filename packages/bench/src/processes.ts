import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// What is left when a run ends early: neither programs nor their data outlive it.
const running = new Set<ChildProcess>()
const folders = new Set<string>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
  for (const folder of folders)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

/** A new folder that is gone when this process is. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keeptrusts-bench-'))
  folders.add(folder)
  return folder
}

/** Starts a program and resolves with the first line it prints that matches. */
export function startAndWait(
  command: readonly [string, ...string[]],
  ready: RegExp,
  options: SpawnOptions = {},
): Promise<{ child: ChildProcess; match: RegExpExecArray }> {
  const [program, ...args] = command
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    running.add(child)
    let output = ''
    let started = false
    const read = (chunk: Buffer) => {
      // What it prints later is read, so that it never waits, and dropped.
      if (started) return
      output += chunk.toString()
      const match = ready.exec(output)
      started = match !== null
      if (match) resolve({ child, match })
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('error', reject)
    child.once('exit', (code) => {
      running.delete(child)
      reject(new Error(`${program} ended with ${code}:\n${output}`))
    })
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

/** Ends every program that this process started, the last one first. */
export async function stopAll(): Promise<void> {
  for (const child of [...running].reverse()) await stop(child)
}

let millisecondsPerTick: number | undefined

/** CPU time in milliseconds of a process and its children so far, in steps of a tick (Linux `/proc`; `null` elsewhere). */
export function cpuMs(pid: number): number | null {
  if (!existsSync(`/proc/${pid}/stat`)) return null
  millisecondsPerTick ??= 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
  return family(pid).reduce((sum, member) => sum + ticks(member), 0) * millisecondsPerTick
}

/** Resident memory in MB of a process and its children (Linux; `null` elsewhere). */
export function rssMb(pid: number): number | null {
  if (!existsSync(`/proc/${pid}/status`)) return null
  const kb = (member: number) =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${member}/status`, 'utf8'))?.[1] ?? 0)
  return family(pid).reduce((sum, member) => sum + kb(member), 0) / 1024
}

/** Files, sockets and timers that a process holds open (Linux; `null` elsewhere). */
export function openFiles(pid: number): number | null {
  const folder = `/proc/${pid}/fd`
  return existsSync(folder) ? readdirSync(folder).length : null
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
