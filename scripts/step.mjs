// One named step of a set-up: shows what is going on, keeps the output to itself unless the step fails.
import { spawn } from 'node:child_process'

const quietEnv = { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }

// npm is a .cmd on Windows, which Node only starts through a shell; our arguments hold no shell characters.
const shell = process.platform === 'win32'

export class StepError extends Error {}

/**
 * Runs a command to its end. Resolves with its output, rejects with a StepError that holds the last lines.
 * @param {string} title what the user reads
 * @param {string[]} command program and arguments
 * @param {{env?: Record<string, string>, show?: boolean, cwd?: string}} [options] `show` passes the output through
 */
export function step(title, [program, ...args], { env = {}, show = false, cwd } = {}) {
  const started = Date.now()
  process.stderr.write(`· ${title} … ${show ? '\n' : ''}`)
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      shell,
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
      env: { ...process.env, ...quietEnv, ...env },
    })
    let output = ''
    const keep = (chunk) => {
      output = (output + chunk).slice(-200_000)
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    child.on('error', (error) => reject(new StepError(`${title}: ${error.message}`)))
    child.on('close', (code) => {
      const seconds = `${((Date.now() - started) / 1000).toFixed(1)} s`
      if (code === 0) {
        process.stderr.write(show ? `· ${title}: done in ${seconds}\n` : `done in ${seconds}\n`)
        resolve(output)
        return
      }
      process.stderr.write(`failed after ${seconds}\n`)
      const error = new StepError(`${title} failed (exit ${code}).\n${excerpt(output)}`)
      error.output = output
      error.exitCode = code ?? 1
      reject(error)
    })
  })
}

/** The first lines, where npm says what is wrong, and the last ones, where compilers do. */
function excerpt(output) {
  const lines = output.trimEnd().split('\n')
  return lines.length <= 60 ? output : [...lines.slice(0, 20), '…', ...lines.slice(-40)].join('\n')
}

/** Ends the process with the error's message: what failed, then what to do. */
export function fail(error) {
  process.stderr.write(`\n${error instanceof StepError ? error.message : error.stack}\n`)
  process.exit(error.exitCode ?? 1)
}
