import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConfigError } from './config-error.ts'
import { toPlain } from './config-node.ts'
import { layerNodes } from './layer-nodes.ts'
import { parseConfig } from './parse-config.ts'
import { readYaml } from './read-yaml.ts'

function source(file: string, text?: string) {
  const folder = new URL('../../fixtures/configs/layers/', import.meta.url)
  return { file, text: text ?? readFileSync(new URL(file, folder), 'utf8') }
}

const base = source('base.yaml')

describe('a later file', () => {
  const config = parseConfig([base, source('production.yaml')])

  it('merges mappings key by key', () => {
    expect(config.pack).toMatchObject({ name: 'mlflow-governance', version: '1.1.0' })
    expect(config.files).toEqual(['base.yaml', 'production.yaml'])
  })

  it('merges targets by id and adds new ones at the end', () => {
    expect(config.targets).toMatchObject([
      {
        id: 'mlflow-chat',
        model: 'my-mlflow-model',
        base_url: 'http://mlflow.internal:5000/v1',
        secret_env: 'MLFLOW_TRACKING_TOKEN',
        timeouts: { connect_ms: 2000, first_byte_ms: 600_000 },
      },
      { id: 'spare', model: 'spare-model' },
    ])
  })

  it('replaces lists', () => {
    expect(config.chain[1]?.options['entities']).toEqual(['EMAIL_ADDRESS'])
  })

  it('wins also when it uses another spelling', () => {
    const [injection] = config.chain
    expect(injection?.options).toMatchObject({ detection: { embedding_threshold: 0.9 } })
  })

  it('may undo a monitor mode that was written as an action', () => {
    const log = source('log.yaml', 'policy: {prompt-injection: {action: log}}')
    const block = source('block.yaml', 'policies: {policy: {prompt-injection: {action: block}}}')
    expect(parseConfig([base, log]).chain[0]?.mode).toBe('monitor')
    expect(parseConfig([base, log, block]).chain[0]?.mode).toBe('enforce')
  })
})

it('every problem points at the file and line where it was written', () => {
  const broken = source(
    'broken.yaml',
    '# over it\npolicy:\n  audit-logger:\n    retention_days: -1\n',
  )
  const alsoBroken = source('more.yaml', 'policies: {chain: [nonsense]}\npack: {enabled: 1}\n')
  let error: unknown
  try {
    parseConfig([base, broken, alsoBroken])
  } catch (caught) {
    error = caught
  }
  const issues = error instanceof ConfigError ? error.issues : []
  const places = issues
    .filter(({ severity }) => severity === 'error')
    .map(({ code, position: { file, line, column } }) => `${code} ${file}:${line}:${column}`)
  expect(places).toEqual(['E014 broken.yaml:4:21', 'E001 more.yaml:1:20', 'E013 more.yaml:2:17'])
})

it('a file that cannot be read as YAML is reported beside the problems of the others', () => {
  const lint = () => parseConfig([source('a.yaml', 'pack: ['), source('b.yaml', 'api: 1\nx: *y')])
  expect(lint).toThrow(/a\.yaml:1:\d+[\s\S]*b\.yaml:2:4/)
})

const leaf = fc.oneof(fc.integer(), fc.constantFrom('x', 'y'))
const leaves = fc.dictionary(fc.constantFrom('a', 'b', 'c'), leaf, { maxKeys: 3 })
const some = { requiredKeys: [] }
/** Each key keeps its kind: where a file turns a mapping into a list, grouping cannot be free. */
const section = fc.record({ leaf, list: fc.array(leaf, { maxLength: 2 }), map: leaves }, some)
const target = fc.record(
  { id: fc.constantFrom('p', 'q', 'r'), leaf, map: leaves },
  { requiredKeys: ['id'] },
)
const targets = fc.uniqueArray(target, { selector: ({ id }) => id, maxLength: 3 })
const providers = fc.record({ targets, leaf }, some)
const document = fc.record({ section, other: section, providers }, some)

function nodeOf(value: unknown) {
  const { root } = readYaml({ file: 'x', text: JSON.stringify(value) })
  if (root === null) throw new Error('not YAML')
  return root
}

it('layering is associative and a file over itself changes nothing', () => {
  fc.assert(
    fc.property(document, document, document, (one, two, three) => {
      const [a, b, c] = [nodeOf(one), nodeOf(two), nodeOf(three)]
      const left = layerNodes(layerNodes(a, b), c)
      const right = layerNodes(a, layerNodes(b, c))
      expect(toPlain(left)).toEqual(toPlain(right))
      expect(toPlain(layerNodes(a, a))).toEqual(one)
    }),
    { numRuns: 200 },
  )
})
