// Bundles `kt` and the gateway into a few files: loading hundreds of them one by one takes longer than most commands.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'

const root = dirname(fileURLToPath(import.meta.url))
const dist = join(root, 'dist')

/** Native, and large ones that few gateways need; `typescript` is asked for by the framework only where sources are run. */
const external = ['better-sqlite3', '@opentelemetry/otlp-transformer', 'typescript']

/** The threads of the audit log, which it starts from files beside its own. */
const threads = Object.fromEntries(
  ['worker', 'anchors/anchor-thread', 'backup/copy-thread', 'reading/reading-thread'].map(
    (path) => [path, join(root, '../../packages/audit-store/dist', `${path}.js`)],
  ),
)

/** The framework asks this package whether it runs under WSL, at every start, to name the platform; nothing of ours looks at that. */
const noWsl = {
  name: 'no-wsl',
  resolveId: (id) => (id === 'wsl-utils' ? '\0wsl-utils' : null),
  load: (id) =>
    id === '\0wsl-utils'
      ? 'export const isWsl = false; export const powerShellPath = async () => "powershell.exe"'
      : null,
}

const { output } = await build({
  cwd: root,
  input: { main: 'src/main.ts', index: 'src/index.ts', ...threads },
  platform: 'node',
  plugins: [noWsl],
  external,
  output: {
    dir: dist,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    // What commands that run no policy need of core, apart from the megabytes of policies.
    codeSplitting: {
      groups: [
        {
          name: 'core',
          test: /packages[\\/]core[\\/]dist[\\/](errors|audit|json|node[\\/](control-path|paths))/,
        },
        // What needs no database of the access store.
        { name: 'access', test: /packages[\\/]access[\\/]dist[\\/](permissions|shown)\.js$/ },
      ],
    },
    // Names stay: stacks with DEBUG are read by people, and some names are shown.
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  },
})
writeFileSync(join(dist, 'THIRD_PARTY_LICENSES.txt'), licences(output))

// Last, so that a kt that is started meanwhile finds the old build or the new one.
const written = new Set([
  ...output.map((file) => file.fileName.split('/')[0]),
  'THIRD_PARTY_LICENSES.txt',
])
for (const file of readdirSync(dist)) {
  if (!written.has(file)) rmSync(join(dist, file), { recursive: true })
}

/** The licence texts of what was bundled, which the licences ask to be passed on. */
function licences(chunks) {
  const folders = new Set(
    chunks
      .flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))
      .filter((id) => id.includes(`${sep}node_modules${sep}`))
      .map(packageFolder),
  )
  return [...folders]
    .sort()
    .map(licenceOf)
    .join(`\n${'-'.repeat(80)}\n\n`)
}

function packageFolder(id) {
  const marker = `${sep}node_modules${sep}`
  const start = id.lastIndexOf(marker) + marker.length
  const parts = id.slice(start).split(sep)
  return join(id.slice(0, start), ...parts.slice(0, parts[0]?.startsWith('@') ? 2 : 1))
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  for (const file of ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'LICENCE', 'license.md']) {
    try {
      return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
    } catch {
      // The next spelling.
    }
  }
  return `${name} ${version} (${license}): no licence file in ${relative(root, folder)}\n`
}
