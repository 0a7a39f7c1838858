// Starts programs in process groups of their own, and ends exactly those.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

const running = new Set()

/**
 * Starts a program that stays. `output()` is everything it wrote so far.
 * @param {string} name for messages
 * @param {string[]} command
 * @param {{cwd: string, env: Record<string, string>}} options
 */
export function start(name, [program, ...args], { cwd, env }) {
  const child = spawn(program, args, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const keep = (chunk) => {
    text += chunk
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const exited = once(child, 'exit')
  const self = { name, child, exited, output: () => text, stop: () => stop(self) }
  running.add(self)
  return self
}

/** Ends a program and what it started: SIGTERM, and SIGKILL to what is left after ten seconds. Returns its exit code. */
async function stop(self) {
  const { child, exited } = self
  running.delete(self)
  signal(child, 'SIGTERM')
  const ended = await Promise.race([exited, pause(10_000)])
  // Workers can outlive the program that started them, and hold its port.
  signal(child, 'SIGKILL')
  return ended ? ended[0] : null
}

function signal(child, name) {
  try {
    process.kill(-child.pid, name)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

/** Ends everything that was started here and still runs. */
export async function stopAll() {
  await Promise.all([...running].map(stop))
}

/** Runs a program to its end with a limit of time; never rejects for its exit code. */
export async function run([program, ...args], { cwd, env, input = '', limitMs = 60_000 }) {
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] })
  const out = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'])
    child[name].on('data', (chunk) => {
      out[name] += chunk
    })
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const timer = setTimeout(() => signal(child, 'SIGKILL'), limitMs)
  const [code] = await once(child, 'close')
  clearTimeout(timer)
  return { code, ...out }
}

/** Waits until a URL answers with 200; throws with the program's output when it ends or the time is up. */
export async function waitUntilUp(self, url, limitMs = 120_000) {
  const deadline = Date.now() + limitMs
  while (Date.now() < deadline) {
    const status = await fetch(url, { signal: AbortSignal.timeout(5000) }).then(
      (response) => response.status,
      () => 0,
    )
    if (status === 200) return
    if (self.child.exitCode !== null)
      throw new Error(`${self.name} ended with ${self.child.exitCode}:\n${tail(self.output())}`)
    await pause(200)
  }
  throw new Error(`${self.name} did not answer at ${url}:\n${tail(self.output())}`)
}

/** The last lines of an output. */
export function tail(text, lines = 30) {
  return text.trimEnd().split('\n').slice(-lines).join('\n')
}

/** A port of 127.0.0.1 that is free now. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}
