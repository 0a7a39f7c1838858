import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policyConfig } from '../../fixtures/policy-config.ts'
import { createSandbox } from '../../fixtures/spawn-kt.ts'

const sandbox = createSandbox()
afterAll(() => sandbox.remove())

const good = policyConfig('http://127.0.0.1:9')
const bomb = Array.from({ length: 9 }, (_, at) => {
  const item = at === 0 ? 'x' : `*a${at - 1}`
  return `a${at}: &a${at} [${Array.from({ length: 9 }, () => item).join(', ')}]`
}).join('\n')

async function start(text: string | Buffer) {
  writeFileSync(join(sandbox.folder, 'hostile.yaml'), text)
  const begun = performance.now()
  const args = ['gateway', 'run', '--port', '0', '--policy-config', 'hostile.yaml']
  const run = await sandbox.kt(args)
  return { ...run, took: performance.now() - begun }
}

/** Times as long as for a plain mistake, whose report takes a start: what else the machine does differs by less. */
const mostTimesLonger = 10
let plain = Number.POSITIVE_INFINITY
beforeAll(async () => {
  const run = await start('pack: 1\n')
  expect(run.code).toBe(78)
  plain = run.took
})

describe('G12: a configuration that is hostile or broken', () => {
  it.each([
    ['an alias bomb', `${good}${bomb}\n`, /E021/],
    ['an alias to itself', `${good}a: &a [*a]\n`, /E0/],
    ['a key twice', good.replace('policies:', 'policies: {chain: []}\npolicies:'), /E016/],
    ['twenty thousand levels', `${good}a: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`, /E021/],
    ['twenty thousand levels that never close', `${good}a: ${'{a: '.repeat(20_000)}`, /E0/],
    ['an unknown tag', `${good}a: !!js/function "x"\n`, /E010/],
    ['a local tag', `${good}a: !x y\n`, /E010/],
    ['NUL', good.replace('cli-test', 'cli\0test'), /E010/],
    ['more than a mebibyte', `${good}${'# filler\n'.repeat(120_000)}`, /E021/],
    ['a tab as indentation', good.replace('  targets', '\ttargets'), /E010/],
    ['a merge key', `${good}a: {<<: {b: 1}}\n`, /E0/],
    ['no UTF-8', Buffer.concat([Buffer.from(good), Buffer.from('a: "\xff"', 'latin1')]), /E010/],
  ])('G12: %s: exit code 78 with file, line and column', async (_name, text, code) => {
    const run = await start(text)
    expect(run.took).toBeLessThan(mostTimesLonger * plain)
    expect(run.code).toBe(78)
    expect(run.stderr).toMatch(/error\[E\d+\]: .*\n {2}--> hostile\.yaml:\d+:\d+/)
    expect(run.stderr).toMatch(code)
    expect(run.stderr.length).toBeLessThan(50_000)
  })
})
