import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import {
  builtinPolicies,
  knownProviders,
  laterProviders,
  parseConfig,
  policiesWith,
  policyCatalogue,
} from '@keeptrusts/core'
import { parsePolicyTest } from '@keeptrusts/core/testing'
import ts from 'typescript'
import { afterAll, describe, expect, test } from 'vitest'
import { blocks, documents, root } from './fenced-blocks.ts'

const example = readFileSync(join(root, 'docs/examples/mlflow/policy-config.yaml'), 'utf8')
// The plug-ins that pages and examples speak of.
const classify = async () => ({ score: 0 })
const policies = policiesWith([
  {
    classifiers: ['my-model', 'http-classifier'].map((name) => ({ name, classify })),
    recognizers: [{ name: 'my-ner', entities: ['LOCATION'], recognize: async () => [] }],
  },
])
const folder = mkdtempSync(join(root, 'docs', '.typecheck-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('documents', () => {
  test.each(blocks('yaml').map((block) => [block.place, block] as const))(
    'the YAML at %s loads',
    (place, { text }) => {
      const layers = /^pack:/m.test(text) ? [] : [{ file: 'base.yaml', text: example }]
      expect(parseConfig([...layers, { file: place, text }], { policies }).hash).toMatch(
        /^[0-9a-f]{64}$/,
      )
    },
  )

  test('every test of a policy is one that kt policy test takes', () => {
    const shown = blocks('json').filter(({ text }) => /^ {2}"expected":/m.test(text))
    expect(shown.length).toBeGreaterThanOrEqual(2)
    const issues = shown.flatMap(({ place, text }) => parsePolicyTest({ file: place, text }).issues)
    expect(issues).toEqual([])
  })

  test('every TypeScript block compiles against the packages as they are', () => {
    const files = blocks('ts').map((block, index) => {
      const file = join(folder, `block-${index}.ts`)
      writeFileSync(file, `${block.text}\nexport {}\n`)
      return { file, place: block.place }
    })
    expect(files.length).toBeGreaterThan(3)
    const problems = typeErrors(files.map(({ file }) => file)).map(({ file, message }) => {
      return `${files.find((entry) => entry.file === file)?.place ?? file}: ${message}`
    })
    expect(problems).toEqual([])
  })

  test.each(documents())('links in %s lead to files that exist', (file) => {
    const text = readFileSync(join(root, file), 'utf8')
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(
      (match) => match[1] ?? '',
    )
    const broken = links.filter((link) => !existsSync(join(root, dirname(file), link)))
    expect(broken).toEqual([])
  })

  test('every page is linked from the index', () => {
    const index = readFileSync(join(root, 'docs/index.md'), 'utf8')
    const pages = documents().map((file) => relative('docs', file).replaceAll('\\', '/'))
    const missing = pages
      .filter((page) => /^(guides|integrations|reference|examples)\//.test(page))
      .map((page) => page.replace(/README\.md$/, ''))
      .filter((page) => !index.includes(`](${page})`))
    expect(missing).toEqual([])
  })

  test('the reference pages name every provider string and every policy kind', () => {
    const providers = readFileSync(join(root, 'docs/reference/providers.md'), 'utf8')
    for (const [name, { modes, laterModes }] of Object.entries(knownProviders)) {
      for (const mode of Object.keys(modes))
        expect(providers).toContain(`\`${name}:${mode}:<model>\``)
      for (const mode of laterModes) expect(providers).toContain(`\`${name}:${mode}\``)
    }
    for (const name of Object.keys(laterProviders)) expect(providers).toContain(`\`${name}\``)
    const kinds = readFileSync(join(root, 'docs/reference/policy-catalogue.md'), 'utf8')
    for (const kind of [
      ...Object.keys(policyCatalogue),
      ...builtinPolicies.map(({ kind }) => kind),
    ])
      expect(kinds).toContain(`\`${kind}\``)
  })

  test('the README stays within 150 lines', () => {
    expect(readFileSync(join(root, 'README.md'), 'utf8').split('\n').length).toBeLessThanOrEqual(
      150,
    )
  })
})

function typeErrors(files: string[]): { file: string | undefined; message: string }[] {
  const base = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile).config
  const { options } = ts.parseJsonConfigFileContent({ ...base, files }, ts.sys, root)
  const program = ts.createProgram(files, {
    ...options,
    noEmit: true,
    noUnusedLocals: false,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
  })
  return ts.getPreEmitDiagnostics(program).map((problem) => ({
    file: problem.file?.fileName,
    message: ts.flattenDiagnosticMessageText(problem.messageText, '\n'),
  }))
}
