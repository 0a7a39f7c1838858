// Installs what is missing: packages by the lockfile, and better-sqlite3 built for the Node that runs this (decision R2).
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { StepError, step } from './step.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stamp = join(root, 'node_modules', '.keeptrusts-setup')

/** Brings `node_modules` up to date with the lockfile and proves that the one native module loads. */
export async function setUp() {
  requireNode()
  const wanted = fingerprint()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && sqliteLoads().ok) return
  await installPackages()
  if (!sqliteLoads().ok) await rebuildSqlite()
  writeFileSync(stamp, wanted)
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new StepError(
    `Keeptrusts needs Node 20.19 or newer; this is ${process.version}. Install Node 24 (nodejs.org) and try again.`,
  )
}

function fingerprint() {
  const lock = readFileSync(join(root, 'package-lock.json'))
  return `${createHash('sha256').update(lock).digest('hex')} abi ${process.versions.modules} ${process.platform}-${process.arch}\n`
}

async function installPackages() {
  const command = ['npm', 'ci', '--no-audit', '--no-fund']
  try {
    await step('Installing packages (the first time takes about two minutes)', command, {
      cwd: root,
      env: headerEnv(),
    })
  } catch (error) {
    throw new StepError(`${error.message}\n\n${adviceForInstall(error.output ?? '')}`)
  }
}

function adviceForInstall(output) {
  if (/node-gyp|gyp ERR|better-sqlite3/.test(output)) return adviceForBuild()
  if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN/.test(output))
    return 'The npm registry was not reached. Check the network, or set the registry of your company: npm config set registry URL'
  return 'Read the lines above; `npm ci` run by hand shows the whole output.'
}

function sqliteLoads() {
  const script = "new (require('better-sqlite3'))(':memory:').close()"
  const result = spawnSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' })
  return { ok: result.status === 0, error: result.stderr ?? '' }
}

async function rebuildSqlite() {
  await step(
    'Building better-sqlite3 for this Node (about a minute)',
    ['npm', 'rebuild', 'better-sqlite3'],
    {
      cwd: root,
      env: headerEnv(),
    },
  ).catch((error) => {
    throw new StepError(`${error.message}\n\n${adviceForBuild()}`)
  })
  const { ok, error } = sqliteLoads()
  if (!ok)
    throw new StepError(
      `better-sqlite3 was built but does not load:\n${error}\n${adviceForBuild()}`,
    )
}

/** node-gyp downloads headers unless it is told where they are; those beside the running Node always fit it. */
function headerEnv() {
  const prefix = dirname(dirname(process.execPath))
  return existsSync(join(prefix, 'include', 'node', 'node.h')) ? { npm_config_nodedir: prefix } : {}
}

function adviceForBuild() {
  const missing = ['python3', 'make', 'g++'].filter(
    (tool) => spawnSync(tool, ['--version']).error !== undefined,
  )
  const lines = [
    'better-sqlite3 is compiled on this machine when no prebuilt binary can be downloaded.',
  ]
  if (missing.length > 0)
    lines.push(
      `Missing: ${missing.join(', ')}. On Debian or Ubuntu: apt-get install python3 make g++. On macOS: xcode-select --install.`,
    )
  if (Object.keys(headerEnv()).length === 0)
    lines.push(
      `No Node headers beside ${process.execPath}. Without access to nodejs.org set npm_config_nodedir to a folder that has include/node/node.h of ${process.version}.`,
    )
  return lines.join('\n')
}
