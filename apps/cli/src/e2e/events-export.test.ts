import { spawnSync } from 'node:child_process'
import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bodiesIn, callEvents, openSandboxLog } from '../fixtures/recorded-log.ts'
import { createSandbox, ktBin } from '../fixtures/spawn-kt.ts'

const sandbox = createSandbox()
const strange = '=HYPERLINK("http://x","a")\r\n"q", @'
const calls = 400

beforeAll(async () => {
  const store = await openSandboxLog(sandbox)
  for (let n = 1; n <= calls; n++) {
    const model = n === 7 ? strange : 'my-chat-model'
    await Promise.all(callEvents(n, { model }).map((event) => store.append(event)))
  }
  await store.close()
})
afterAll(() => sandbox.remove())

const run = (...args: string[]) => sandbox.kt(['events', 'export', ...args])
const file = (name: string) => join(sandbox.folder, name)
const read = (name: string) => readFileSync(file(name), 'utf8')

describe('kt events export', () => {
  it('writes one JSON array unless told otherwise', async () => {
    const { code, stdout, stderr } = await run()
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual(bodiesIn(sandbox).map((body) => JSON.parse(body)))
  })

  it('writes as JSON Lines exactly the bytes that were hashed', async () => {
    const { stdout } = await run('--format', 'jsonl')
    expect(stdout).toBe(`${bodiesIn(sandbox).join('\n')}\n`)
  })

  it('writes CSV of RFC 4180 in which nothing is a formula', async () => {
    const { stdout } = await run('--format', 'csv')
    const [head, ...rows] = parseCsv(stdout)
    expect(rows).toHaveLength(bodiesIn(sandbox).length)
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head?.length]))
    const column = (name: string) => head?.indexOf(name) ?? -1
    const models = rows.map((row) => row[column('model')])
    expect(models.filter((model) => model !== 'my-chat-model' && model !== '')).toEqual([
      `'${strange}`,
      `'${strange}`,
    ])
    expect(rows.at(-1)?.[column('total_us')]).toBe('812400')
  })

  it('takes a span of time', async () => {
    const count = async (...args: string[]) => JSON.parse((await run(...args)).stdout).length
    expect(await count('--since', '1h')).toBe(bodiesIn(sandbox).length)
    expect(await count('--until', '2020-01-01')).toBe(0)
    expect((await run('--since', 'yesterday')).code).toBe(1 + 1)
  })

  it('writes a file for its owner only, and none over another', async () => {
    expect(await run('--output', file('new.json'))).toMatchObject({ code: 0, stdout: '' })
    expect(statSync(file('new.json')).mode & 0o777).toBe(0o600)
    const before = read('new.json')
    const again = await run('--out', file('new.json'))
    expect(again.code).toBe(2)
    expect(again.stderr).toContain('--resume')
    expect(read('new.json')).toBe(before)
  })

  it.each(['jsonl', 'csv'])(
    'goes on with a cut-off %s file, wherever it was cut',
    async (format) => {
      const whole = (await run('--format', format)).stdout
      const name = `cut.${format}`
      const strangeAt = whole.indexOf('HYPERLINK')
      const lengths = [
        0,
        10,
        5000,
        5001,
        strangeAt,
        strangeAt + 30,
        strangeAt + 35,
        whole.length - 1,
      ]
      for (const length of [...lengths, whole.length]) {
        writeFileSync(file(name), whole)
        truncateSync(file(name), Buffer.byteLength(whole.slice(0, length)))
        const { code, stderr } = await run('--format', format, '--out', file(name), '--resume')
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
        expect(read(name) === whole).toBe(true)
      }
    },
  )

  it('says that one array starts anew', async () => {
    writeFileSync(file('cut.json'), '[\n{"id":')
    const { code, stderr } = await run('--out', file('cut.json'), '--resume')
    expect(code).toBe(0)
    expect(stderr).toContain('written anew')
    expect(JSON.parse(read('cut.json'))).toHaveLength(bodiesIn(sandbox).length)
  })

  it('does not go on in a file of something else', async () => {
    writeFileSync(file('other.jsonl'), '{"log":"0123","seq":1}\n')
    writeFileSync(file('text.jsonl'), 'shopping list\n')
    for (const name of ['other.jsonl', 'text.jsonl']) {
      const before = read(name)
      const result = await run('--format', 'jsonl', '--out', file(name), '--resume')
      expect(result.code).toBe(1)
      expect(result.stderr).toContain('export-not-resumable')
      expect(read(name)).toBe(before)
    }
  })

  it('ends quietly when its reader has enough, and takes no more memory for it', () => {
    const command = `"${process.execPath}" "${ktBin}" events export --format jsonl | head -n 1`
    const { stdout, stderr } = spawnSync('sh', ['-c', command], {
      env: { ...sandbox.env },
      encoding: 'utf8',
    })
    expect({ stderr, stdout }).toEqual({ stderr: '', stdout: `${bodiesIn(sandbox)[0]}\n` })
  })

  it('says where it looked when there is no log', async () => {
    const { code, stdout, stderr } = await run('--data-dir', file('elsewhere'))
    expect({ code, stdout }).toEqual({ code: 0, stdout: '[]\n' })
    expect(stderr).toContain('No audit log at')
  })
})

/** The rows of RFC 4180. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  for (let found = field.exec(text); found !== null; found = field.exec(text)) {
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
    if (found[3] === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}
