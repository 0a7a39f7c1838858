// `kt` as a user gets it: the packages packed and installed in an empty folder.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { tail } from './processes.mjs'

const packages = [
  'packages/core',
  'packages/audit-store',
  'packages/access',
  'apps/gateway',
  'apps/cli',
]

/** Packs and installs; returns the folder that holds `kt`. The packages must be built. */
export function installPackedKt(root, folder) {
  const tarballs = join(folder, 'tarballs')
  const prefix = join(folder, 'prefix')
  mkdirSync(tarballs, { recursive: true })
  mkdirSync(prefix, { recursive: true })
  const dependencies = Object.fromEntries(packages.map((path) => pack(join(root, path), tarballs)))
  const manifest = {
    name: 'e2e',
    private: true,
    dependencies,
    allowScripts: { 'better-sqlite3': true },
  }
  writeFileSync(join(prefix, 'package.json'), JSON.stringify(manifest))
  const nodedir = dirname(dirname(process.execPath))
  const env = { npm_config_nodedir: nodedir, ...process.env }
  must(['npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: prefix, env })
  if (!reuseBuild(root, prefix)) must(['npm', 'rebuild', 'better-sqlite3'], { cwd: prefix, env })
  return join(prefix, 'node_modules', '.bin')
}

function pack(folder, tarballs) {
  const [packed] = JSON.parse(
    must(['npm', 'pack', '--json', '--pack-destination', tarballs], { cwd: folder }),
  )
  return [packed.name, `file:${join(tarballs, packed.filename)}`]
}

/** Compiling better-sqlite3 takes minutes: the repository's own build serves when it is of the same version and loads. */
function reuseBuild(root, prefix) {
  const [mine, theirs] = [root, prefix].map((place) =>
    join(place, 'node_modules', 'better-sqlite3'),
  )
  if (!existsSync(join(mine, 'build', 'Release', 'better_sqlite3.node'))) return false
  if (versionOf(mine) !== versionOf(theirs)) return false
  cpSync(
    join(mine, 'build', 'Release', 'better_sqlite3.node'),
    join(theirs, 'build', 'Release', 'better_sqlite3.node'),
  )
  const script = "new (require('better-sqlite3'))(':memory:').close()"
  return spawnSync(process.execPath, ['-e', script], { cwd: prefix }).status === 0
}

const versionOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version

function must([program, ...args], options) {
  const result = spawnSync(program, args, {
    encoding: 'utf8',
    shell: process.platform === 'win32',
    ...options,
  })
  if (result.status !== 0)
    throw new Error(
      `${program} ${args.join(' ')} failed:\n${tail(`${result.stdout}${result.stderr}`)}`,
    )
  return result.stdout
}
