// A Python environment with the pinned MLflow and OpenAI client, outside git, made once.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { tail } from './processes.mjs'

const requirements = join(import.meta.dirname, 'requirements.txt')
const candidates = ['python3.12', 'python3.11', 'python3.10', 'python3', 'python']

/**
 * Makes or reuses the environment; returns the folder of its programs. Throws with what to install.
 * KEEPTRUSTS_E2E_VENV in `env` names another folder, PYTHON another interpreter.
 */
export async function pythonEnvironment(root, env) {
  const folder = resolve(env['KEEPTRUSTS_E2E_VENV'] ?? join(root, '.venv-e2e'))
  const bin = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin')
  const stamp = join(folder, '.keeptrusts-e2e')
  const python = findPython(env['PYTHON'])
  const wanted = createHash('sha256')
    .update(readFileSync(requirements))
    .update(python.version)
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return bin
  if (!existsSync(join(bin, 'python'))) must([python.program, '-m', 'venv', folder])
  await installWithRetries(join(bin, 'python'))
  writeFileSync(stamp, wanted)
  return bin
}

function findPython(preferred) {
  for (const program of [preferred, ...candidates].filter(Boolean)) {
    const { status, stdout } = spawnSync(
      program,
      ['-c', 'import sys, venv; print("%d.%d" % sys.version_info[:2])'],
      { encoding: 'utf8' },
    )
    const [major = 0, minor = 0] = status === 0 ? stdout.trim().split('.').map(Number) : []
    if (major === 3 && minor >= 10) return { program, version: stdout.trim() }
  }
  throw new Error(
    'This test needs Python 3.10 or newer with the venv module (Debian: apt-get install python3 python3-venv). PYTHON names another one.',
  )
}

/** Registries are sometimes away: twice more before it counts. */
async function installWithRetries(python) {
  const command = [
    python,
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '-r',
    requirements,
  ]
  for (const seconds of [5, 20]) {
    try {
      return must(command)
    } catch (error) {
      console.log(`${error.message}\ntrying again in ${seconds} s`)
      await pause(seconds * 1000)
    }
  }
  return must(command)
}

function must([program, ...args]) {
  const result = spawnSync(program, args, { encoding: 'utf8' })
  if (result.status !== 0)
    throw new Error(
      `${program} ${args.join(' ')} failed:\n${tail(`${result.stdout}${result.stderr}`)}`,
    )
}
