// Both scaffolds in a copy of the sources: what they write builds, lints and passes its tests, or nothing is written.
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeAll } from './scaffold.mjs'
import { copySources } from './source-copy.mjs'

const policies = 'packages/core/src/policies'
const providers = 'apps/gateway/src/providers'
const copied = [
  ...[
    'packages/core',
    'packages/audit-store',
    'packages/access',
    'packages/testing',
    'apps/gateway',
    'scripts',
  ],
  ...['package.json', 'biome.json', 'tsconfig.base.json', '.gitignore'],
  ...['test-selection.ts', 'property-seed.ts'],
]
let folder
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keeptrusts-scaffold-'))
  copySources(copied, folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a Node program in the copy. */
function node(...args) {
  const colours = { NO_COLOR: '1', FORCE_COLOR: '' }
  // The copy has nothing built.
  const fresh = { NODE_OPTIONS: '', VITEST: '', KEEPTRUSTS_SKIP_BUILD: '' }
  const env = { ...process.env, ...colours, ...fresh }
  return new Promise((resolve) => {
    const settings = { cwd: folder, env, maxBuffer: 50_000_000 }
    execFile(process.execPath, args, settings, (error, stdout, stderr) =>
      resolve({ status: error === null ? 0 : error.code, text: stdout + stderr }),
    )
  })
}

const bin = (...path) => join(folder, 'node_modules', ...path)

/** Every file of the copy that a scaffold might touch, with its text. */
function contents() {
  return ['packages/core/src', 'apps/gateway/src']
    .flatMap((place) =>
      readdirSync(join(folder, place), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name)),
    )
    .sort()
    .map((file) => [file, readFileSync(file, 'utf8')])
}

describe.concurrent('an id that cannot be used', () => {
  test.each([
    ['new-policy', [], 'Give one id'],
    ['new-policy', ['one', 'two'], 'Give one id'],
    ['new-policy', ['Foo'], '"Foo" is not an id'],
    ['new-policy', ['../x'], '"../x" is not an id'],
    ['new-policy', ['top-3'], 'lower-case letters, with single dashes'],
    ['new-policy', ['pii-detector'], 'exists: packages/core/src/policies/pii-detector'],
    ['new-policy', ['class'], '"class" is a reserved word'],
    ['new-policy', ['nul'], '"nul" is a reserved word'],
    ['new-policy', ['builtin-policies'], 'becomes builtinPolicies, a name in the code'],
    ['new-policy', ['schema'], 'becomes schema, a name in the code'],
    ['new-provider', ['Foo'], '"Foo" is not an id'],
    ['new-provider', ['a--b'], '"a--b" is not an id'],
    ['new-provider', ['openai'], 'exists: apps/gateway/src/providers/openai'],
    ['new-provider', ['default'], '"default" is a reserved word'],
  ])('%s %j is refused with exit code 2 and writes nothing', async (script, args, message) => {
    const before = contents()
    const { status, text } = await node(join('scripts', `${script}.mjs`), ...args)
    expect(text).toContain(message)
    expect(text).not.toContain('    at ')
    expect(status).toBe(2)
    expect(contents()).toEqual(before)
  })
})

test('what was written is taken back when a later file cannot be written', () => {
  const place = mkdtempSync(join(tmpdir(), 'keeptrusts-scaffold-'))
  writeFileSync(join(place, 'registry'), 'as it was')
  const changes = [
    { file: 'new/folder/file', text: 'x' },
    { file: 'registry', text: 'changed' },
    { file: 'registry/below-a-file', text: 'x' },
  ]
  expect(() => writeAll(changes, place)).toThrow()
  expect(readdirSync(place)).toEqual(['registry'])
  expect(readFileSync(join(place, 'registry'), 'utf8')).toBe('as it was')
  rmSync(place, { recursive: true })
})

describe.concurrent('what the scaffolds write', () => {
  beforeAll(async () => {
    // Both are known to the product for later, and have a dash.
    const runs = [
      ['new-policy', 'content-filter'],
      ['new-provider', 'azure-openai'],
    ]
    for (const [script, id] of runs) {
      const { status, text } = await node(join('scripts', `${script}.mjs`), id)
      expect(text).toContain(`Wrote `)
      expect(status, text).toBe(0)
    }
  })

  test('is there, and a name that was known for later is so no more', () => {
    expect(readdirSync(join(folder, policies, 'content-filter')).sort()).toEqual(
      [
        'README.md',
        'cases.yaml',
        'content-filter.test.ts',
        'content-filter.ts',
        'schema.ts',
      ].sort(),
    )
    expect(existsSync(join(folder, providers, 'azure-openai/azure-openai-provider.ts'))).toBe(true)
    const grammar = readFileSync(
      join(folder, 'packages/core/src/config/provider-string.ts'),
      'utf8',
    )
    expect(grammar.match(/azure-openai/g)).toHaveLength(1)
    expect(grammar).toContain(' azure bedrock ')
  })

  test('cannot be written twice', async () => {
    expect((await node(join('scripts', 'new-policy.mjs'), 'content-filter')).status).toBe(2)
    expect((await node(join('scripts', 'new-provider.mjs'), 'azure-openai')).status).toBe(2)
  })

  test('lints', async () => {
    const places = [policies, providers, 'apps/gateway/src/fixtures', 'packages/core/src/config']
    const files = contents()
      .map(([file]) => file)
      .filter((file) => /content-filter|azure-openai|registry|provider-/.test(file))
    expect(places.every((place) => files.some((file) => file.includes(join(place))))).toBe(true)
    const { status, text } = await node(bin('@biomejs', 'biome', 'bin', 'biome'), 'ci', ...files)
    expect(status, text).toBe(0)
  })

  test('builds', async () => {
    const config = {
      extends: './tsconfig.base.json',
      compilerOptions: { noEmit: true },
      include: ['content-filter', 'registry.ts'].map((id) => `${policies}/${id}`),
      files: ['provider.ts', 'provider.test.ts'].map(
        (name) => `${providers}/azure-openai/azure-openai-${name}`,
      ),
    }
    writeFileSync(join(folder, 'tsconfig.scaffold.json'), JSON.stringify(config))
    const tsc = bin('typescript', 'bin', 'tsc')
    const { status, text } = await node(tsc, '-p', 'tsconfig.scaffold.json')
    expect(status, text).toBe(0)
  })

  test('passes the conformance tests and its own', async () => {
    const projects = ['packages/core', 'apps/gateway']
    const config = `export default ${JSON.stringify({ test: { projects } })}`
    writeFileSync(join(folder, 'vitest.config.mjs'), config)
    const { status, text } = await node(
      bin('vitest', 'vitest.mjs'),
      'run',
      '--reporter=verbose',
      '--testNamePattern=^(content-filter|azure-openai|the registry|every folder|the chain of all)|(list|term|marker)',
      ...[`${policies}/registry`, `${policies}/content-filter`],
      ...[`${providers}/registry`, `${providers}/azure-openai`],
    )
    expect(status, text).toBe(0)
    expect(text).toContain('content-filter > decides every sample as it says')
    expect(text).toContain('the chain of all kinds with their defaults compiles')
    expect(text).toContain('azure-openai:chat > gives a stream')
    expect(text).toContain('azure-openai:chat > says in its own words what the server refused')
  })
})
