import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ConfigError } from '../config/config-error.ts'
import { lintConfigFiles } from './lint-config-files.ts'
import { loadConfig } from './load-config.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keeptrusts-config-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const text =
  'pack: {name: demo, version: 1.0.0}\npolicies: {chain: [audit-logger]}\npolicy: {audit-logger: {}}\n'

it('loads a file and names it in messages', async () => {
  const path = await file('good.yaml', text)
  const config = await loadConfig(path)
  expect(config.files).toEqual([path])
  expect(config.warnings[0]?.position.file).toBe(path)
})

it('lays files over each other', async () => {
  const paths = [await file('one.yaml', text), await file('two.yaml', 'pack: {version: 2.0.0}\n')]
  expect((await loadConfig(paths)).pack).toMatchObject({ name: 'demo', version: '2.0.0' })
})

it('lints files without throwing what it found', async () => {
  const path = await file('bad.yaml', 'pack: {}\n')
  const { config, issues } = await lintConfigFiles(path)
  expect(config).toBeNull()
  expect(issues.map(({ code }) => code)).toContain('E015')
  await expect(loadConfig(path)).rejects.toThrow(ConfigError)
})

describe('a file that cannot be used', () => {
  it('may be missing', async () => {
    await expect(loadConfig(join(folder, 'none.yaml'))).rejects.toMatchObject({
      code: 'file-not-found',
      message: expect.stringContaining('none.yaml'),
    })
  })

  it('may be a folder', async () => {
    await expect(loadConfig(folder)).rejects.toMatchObject({ code: 'file-unreadable' })
  })

  it('may be too large, and is not read to its end', async () => {
    const path = await file('large.yaml', Buffer.alloc(10 * 1024 * 1024, 'a'))
    const { issues } = await lintConfigFiles(path)
    expect(issues).toMatchObject([{ code: 'E021', position: { file: path, line: 1, column: 1 } }])
  })

  it.runIf(process.platform === 'linux')('may have no end at all', async () => {
    expect((await lintConfigFiles('/dev/zero')).issues).toMatchObject([{ code: 'E021' }])
  })

  it('may hold bytes that are not UTF-8, and the first of them is pointed at', async () => {
    const path = await file('latin1.yaml', Buffer.from('pack:\n  name: caf\xe9 \xff\n', 'latin1'))
    const { issues } = await lintConfigFiles(path)
    expect(issues).toMatchObject([{ code: 'E010', position: { line: 2, column: 12 } }])
  })

  it('may start with a byte order mark', async () => {
    const path = await file('bom.yaml', `\uFEFF${text}`)
    const { issues } = await lintConfigFiles(path)
    expect(issues).toMatchObject([{ code: 'E010', position: { line: 1, column: 1 } }])
  })
})

it('reads a file as Windows writes it', async () => {
  const path = await file('crlf.yaml', text.replaceAll('\n', '\r\n'))
  expect((await loadConfig(path)).hash).toBe((await loadConfig(await file('lf.yaml', text))).hash)
})
