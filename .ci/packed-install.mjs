// Packs the publishable packages, installs the tarballs in an empty folder, and uses them as a stranger would. With the folder of a
// better-sqlite3 that was compiled for the running Node, that build is used: it takes minutes, and is done once for each version.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [folder, compiled] = process.argv.slice(2)
assert(folder, 'usage: packed-install.mjs FOLDER [COMPILED_SQLITE]')
const packages = [
  'packages/core',
  'packages/audit-store',
  'packages/access',
  'apps/gateway',
  'apps/cli',
]

const tarballs = pack(join(folder, 'tarballs'))
install(join(folder, 'app'), tarballs)
runExample(join(folder, 'app'))
runCommand(join(folder, 'app'))
console.log(`packed install: ${Object.keys(tarballs).length} packages work outside the repository`)

function run(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: 'utf8', ...options })
  if (result.status !== 0)
    throw new Error(
      `${command} ${args.join(' ')} ended with ${result.status}\n${result.stdout}\n${result.stderr}`,
    )
  return result.stdout
}

function pack(target) {
  mkdirSync(target, { recursive: true })
  return Object.fromEntries(
    packages.map((path) => {
      const [packed] = JSON.parse(
        run('npm', ['pack', '--json', '--pack-destination', target], { cwd: join(root, path) }),
      )
      const names = packed.files.map((file) => file.path)
      assert(
        !names.some((name) => /\.test\.|fixtures|cases\.yaml/.test(name)),
        `${packed.name} packs test files: ${names.join(' ')}`,
      )
      return [packed.name, join(target, packed.filename)]
    }),
  )
}

function install(target, dependencies) {
  mkdirSync(target, { recursive: true })
  const manifest = {
    name: 'stranger',
    private: true,
    type: 'module',
    dependencies: Object.fromEntries(
      Object.entries(dependencies).map(([name, file]) => [name, `file:${file}`]),
    ),
    allowScripts: { 'better-sqlite3': true },
  }
  writeFileSync(join(target, 'package.json'), JSON.stringify(manifest))
  const nodedir = dirname(dirname(process.execPath))
  const env = { npm_config_nodedir: nodedir, ...process.env }
  const scripts = compiled === undefined ? [] : ['--ignore-scripts']
  run('npm', ['install', '--no-audit', '--no-fund', ...scripts], { cwd: target, env })
  if (compiled !== undefined) reuseBuild(compiled, join(target, 'node_modules', 'better-sqlite3'))
}

function reuseBuild(from, to) {
  const [mine, theirs] = [from, to].map((place) =>
    JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')),
  )
  assert.equal(theirs.version, mine.version, 'the compiled better-sqlite3 is of another version')
  const binary = join('build', 'Release', 'better_sqlite3.node')
  cpSync(join(from, binary), join(to, binary))
}

function runExample(target) {
  const example = join(root, 'docs', 'examples', 'embed-in-service')
  for (const file of ['service.mjs', 'policy-config.yaml'])
    cpSync(join(example, file), join(target, file))
  process.stdout.write(run(process.execPath, ['service.mjs'], { cwd: target }))
}

function runCommand(target) {
  const kt = join(target, 'node_modules', '.bin', 'kt')
  const { version } = JSON.parse(readFileSync(join(root, 'apps', 'cli', 'package.json'), 'utf8'))
  assert.match(run(kt, ['--version'], { cwd: target }), new RegExp(version.replaceAll('.', '\\.')))
  assert.match(
    run(kt, ['policy', 'lint', '--file', 'policy-config.yaml'], { cwd: target }),
    /^OK /m,
  )
  const env = { ...process.env, KEEPTRUSTS_DATA_DIR: join(target, 'data') }
  assert.equal(run(kt, ['events', 'list', '--json'], { cwd: target, env }).trim(), '[]')
}
