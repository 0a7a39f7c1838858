import { beforeAll, describe, expect, it } from 'vitest'
import { ConfigError } from './config-error.ts'
import { parseConfig } from './parse-config.ts'

const mebibyte = 1024 * 1024

function firstError(text: string): string {
  try {
    parseConfig(text)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const issue = error.issues.find(({ severity }) => severity === 'error')
    return `${issue!.code} ${issue!.position.line}:${issue!.position.column} ${issue!.message}`
  }
  return 'accepted'
}

function repeat(text: string, bytes = mebibyte): string {
  return text.repeat(Math.floor(bytes / text.length))
}

/**
 * Milliseconds for texts that take a YAML parser seconds, minutes or the stack: some seconds, or some times what a
 * harmless text of the same length takes on a machine that is slow or busy.
 */
let bound = 5000
beforeAll(() => {
  const start = performance.now()
  firstError(repeat('- a\n'))
  bound = Math.max(bound, 20 * (performance.now() - start))
})

describe('a text built to exhaust the parser', () => {
  const aliases = `a: &a [${'x,'.repeat(9)}]\nb: [${'*a,'.repeat(9)}]\n`
  const texts: Record<string, string> = {
    'brackets that open': repeat('['),
    'braces that open': repeat('{a: '),
    'brackets that close': repeat(']'),
    'dashes in one line': repeat('- '),
    'question marks': repeat('? '),
    'keys in one line': repeat('a: '),
    'keys that are all different': Array.from({ length: 70_000 }, (_, i) => `k${i}: ${i}`).join(
      '\n',
    ),
    'one key again and again': repeat('k: 1\n'),
    'list items': repeat('- a\n'),
    'flow items': `[${repeat('1,', mebibyte - 10)}]`,
    aliases: `a: &a x\nb:\n${repeat(' - *a\n', mebibyte - 100)}`,
    anchors: repeat('- &a x\n'),
    documents: repeat('---\n'),
    directives: repeat('%a\n'),
    tags: repeat('- !x a\n'),
    'empty lines': repeat('\n'),
    comments: repeat('#\n'),
    quotes: repeat('"a'),
    'open flow pairs': repeat('[a: b, '),
    'an alias bomb': Array.from({ length: 9 }, (_, i) => {
      const item = i === 0 ? 'x' : `*a${i - 1}`
      return `a${i}: &a${i} [${Array.from({ length: 9 }, () => item).join(', ')}]`
    }).join('\n'),
    'an alias to itself': 'a: &a [*a]',
    'nested lines': Array.from({ length: 1400 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    'aliases of lists': aliases.repeat(3),
  }
  it.each(Object.entries(texts))('%s', (_, text) => {
    const start = performance.now()
    expect(firstError(text)).toMatch(/^E0\d\d \d+:\d+ ./)
    expect(performance.now() - start).toBeLessThan(bound)
  })
})

describe('a text that is not what it seems', () => {
  it.each([
    ['ten megabytes', 'a'.repeat(10 * mebibyte), /^E021 1:1 .*1 MiB/],
    ['one byte over the limit', `#${'a'.repeat(mebibyte)}`, /^E021 1:1 .*1 MiB/],
    ['fewer characters than bytes', `#${'é'.repeat(mebibyte / 2)}`, /^E021 1:1 .*1 MiB/],
    ['a byte order mark', '\uFEFFpack: {}', /^E010 1:1 .*byte order mark/],
    ['a byte order mark inside', 'pack: {}\na: \uFEFF', /^E010 2:4 .*byte order mark/],
    ['a NUL', 'pack:\n  name: a\0b', /^E010 2:10 .*U\+0000/],
    ['an escape character', 'pack: \u001b[31m', /^E010 1:7 .*U\+001B/],
    ['a lone surrogate', 'pack: {name: "\uD800"}', /^E010 1:15 .*U\+D800/],
    ['nothing', '', /^E015 1:1 .*empty/],
    ['only a comment', '# later\n', /^E015 1:1 .*empty/],
    ['only a word', 'pack', /^E013 1:1 .*mapping/],
    ['nothing, said in YAML', '~', /^E013 1:1 .*nothing/],
    ['nested beyond any use', `a: ${'['.repeat(51)}${']'.repeat(51)}`, /^E021 1:54 .*50 levels/],
    [
      '__proto__',
      'policies: {chain: []}\n__proto__: {a: 1}\npack: {name: a, version: 1.0.0}',
      /^E021 2:1 .*__proto__/,
    ],
    [
      'constructor below',
      'policies: {chain: []}\npack: {name: a, constructor: {prototype: {a: 1}}, version: 1.0.0}',
      /^E021 2:17 .*constructor/,
    ],
    [
      'a merge key',
      'policies: {chain: []}\npack: {<<: &a {b: 1}, name: a, version: 1.0.0}',
      /^E002 2:8 .*"<<"/,
    ],
    ['infinity', 'policies: {chain: []}\npack: {name: .inf, version: 1.0.0}', /^E013 2:14 .*\.inf/],
  ])('%s', (_, text, expected) => {
    expect(firstError(text)).toMatch(expected)
  })

  it('never changes the prototype of anything', () => {
    firstError('__proto__: {polluted: true}\nconstructor: {prototype: {polluted: true}}')
    expect({}).not.toHaveProperty('polluted')
  })

  it('reads octal, yes and dates as YAML 1.2 does', () => {
    const config = parseConfig(
      'pack: {name: yes, version: 1.0.0, description: 2024-01-01}\npolicies: {chain: []}',
    )
    expect(config.pack).toMatchObject({ name: 'yes', description: '2024-01-01' })
  })

  it('copies aliases out', () => {
    const config = parseConfig(
      'pack: {name: &name demo, version: 1.0.0, description: *name}\npolicies: {chain: []}',
    )
    expect(config.pack.description).toBe('demo')
  })
})
