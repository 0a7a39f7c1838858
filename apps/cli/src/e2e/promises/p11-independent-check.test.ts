import { execFile, spawnSync } from 'node:child_process'
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSandbox } from '../../fixtures/spawn-kt.ts'

/*
 * P11: a verifier that follows docs/reference/audit-format.md and shares no code with ours, in another language, with another program for the
 * signatures, comes to the same verdict as `kt events verify` on an honest log and on a copy for every attack of the threat model.
 */
const root = fileURLToPath(new URL('../../../../../', import.meta.url))
const script = join(root, 'e2e/audit/verify_log.py')
const maker = join(root, 'packages/audit-store/dev/make-attacked-logs.mjs')
const page = join(root, 'docs/reference/audit-format.md')

const has = (program: string, ...args: readonly string[]): boolean =>
  spawnSync(program, args).status === 0
const hasBitCount = 'import sys; sys.exit(sys.version_info < (3, 10))'
const canRun = has('python3', '-c', hasBitCount) && has('openssl', 'version')

/** What the script may import: parts of Python, and nothing that could reach our code. */
const allowedImports = [
  'argparse',
  'base64',
  'datetime',
  'hashlib',
  'json',
  'os',
  're',
  'sqlite3',
  'subprocess',
  'sys',
  'tempfile',
]
const listImports = `
import ast, json, sys
nodes = list(ast.walk(ast.parse(open(sys.argv[1], encoding="utf-8").read())))
print(json.dumps({
  "imports": sorted({a.name for n in nodes if isinstance(n, ast.Import) for a in n.names}
                    | {"from " + "." * n.level + (n.module or "") for n in nodes if isinstance(n, ast.ImportFrom)}),
  "doors": sorted({n.id for n in nodes if isinstance(n, ast.Name)} & {"__import__", "eval", "exec", "compile", "globals", "getattr"}),
  "programs": [n.value.split()[0] for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str) and "-verify -pubin" in n.value],
  "starts": sorted({n.attr for n in nodes if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name)
                    and (n.value.id == "subprocess" or n.value.id == "os" and n.attr != "path")}),
}))`
const schemaOfPage = `
import hashlib, re, sqlite3, sys
db = sqlite3.connect(":memory:")
db.executescript(re.search(r"\`\`\`sql\\n(.*?)\`\`\`", open(sys.argv[1], encoding="utf-8").read(), re.S)[1])
rows = sorted(" ".join(map(str, r)) for r in db.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema"))
print(hashlib.sha256("\\n".join(rows).encode()).hexdigest())`
const idOfEvent = `
import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT id FROM events WHERE seq = ?", (int(sys.argv[2]),)).fetchone()[0])`

const sandbox = createSandbox()
const logs = join(sandbox.folder, 'logs')
const run = promisify(execFile)

interface Outcome {
  readonly exit: number | null
  readonly integrity: string
  readonly completeness: string
  /** Code and place of the first bad record; empty when there is none. */
  readonly first: string
}

interface Finding {
  readonly code: string
  readonly seq?: number
  readonly size?: number
}

interface Report {
  readonly integrity: { readonly verdict: 'intact' | 'tampered' }
  readonly completeness: {
    readonly verdict: 'proven' | 'unproven' | 'broken'
    readonly anchored_size: number | null
  }
  readonly first: Finding | null
  readonly counts: { readonly size: number }
}

interface Expected {
  readonly exit: number
  readonly finding: Finding | null
}

async function python(args: readonly string[]): Promise<{ exit: number; stdout: string }> {
  try {
    const { stdout } = await run('python3', [script, ...args])
    return { exit: 0, stdout }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    if (stderr !== '') throw new Error(stderr)
    return { exit: code, stdout }
  }
}

async function strangersVerdict(name: string, args: readonly string[]): Promise<Outcome> {
  const { exit, stdout } = await python([join(logs, name, 'audit', 'audit.db'), ...args])
  const line = (start: string): string =>
    new RegExp(`^${start}: (.*)$`, 'm').exec(stdout)?.[1]?.trim() ?? ''
  return {
    exit,
    integrity: line('integrity'),
    completeness: line('completeness'),
    first: line('first bad record'),
  }
}

async function ourVerdict(name: string, args: readonly string[]): Promise<Outcome> {
  const place = ['--data-dir', join(logs, name), '--json']
  const { code, stdout } = await sandbox.kt(['events', 'verify', ...place, ...args])
  const { integrity, completeness, first, counts } = JSON.parse(stdout) as Report
  const completenesses = {
    proven: `proven up to ${completeness.anchored_size} of ${counts.size} events`,
    unproven: 'not proven',
    broken: 'broken',
  }
  return {
    exit: code,
    integrity: integrity.verdict === 'intact' ? 'intact' : 'tampered with',
    completeness: completenesses[completeness.verdict],
    first: first === null ? '' : placeOf(first),
  }
}

function placeOf({ code, seq, size }: Finding): string {
  return size === undefined
    ? seq === undefined
      ? code
      : `${code} event ${seq}`
    : `${code} tree ${size}`
}

/** What is about no record is compared by its code: a hash or a sentence may follow. */
function withoutDetail(outcome: Outcome): Outcome {
  const place = /^(\S+)(?: (?:event|tree) \d+)?/.exec(outcome.first)?.[0] ?? ''
  return { ...outcome, first: place }
}

async function expectAgreement(
  name: string,
  { exit, anchored }: { readonly exit: number; readonly anchored: boolean },
): Promise<void> {
  const vkey = readFileSync(join(logs, name, 'vkey.txt'), 'utf8').trim()
  const anchors = anchored ? ['--anchor', join(logs, name, 'anchors.jsonl')] : []
  const args = ['--vkey', vkey, ...anchors]
  const [theirs, ours] = await Promise.all([strangersVerdict(name, args), ourVerdict(name, args)])
  expect(theirs.exit).toBe(exit)
  // Up to where a log is complete that is not what was written means nothing.
  const isComparable = ours.integrity === 'intact'
  const completeness = isComparable ? theirs.completeness : ours.completeness
  expect(withoutDetail({ ...theirs, completeness })).toEqual(withoutDetail(ours))
}

describe.skipIf(!canRun)('P11: a verifier that shares no code with kt', () => {
  beforeAll(async () => {
    await run(process.execPath, [maker, logs])
  })
  afterAll(() => sandbox.remove())

  it('agrees with kt on the honest log', async () => {
    await expectAgreement('honest', { exit: 3, anchored: false })
    await expectAgreement('honest', { exit: 0, anchored: true })
  })

  it('agrees with kt on every attacked copy', async () => {
    const names = readdirSync(logs).filter((name) => name !== 'honest')
    expect(names.length).toBeGreaterThan(20)
    for (const name of names) {
      const path = join(logs, name, 'expected.json')
      const expected = JSON.parse(readFileSync(path, 'utf8')) as Record<
        'local' | 'anchored',
        Expected
      >
      const { local, anchored } = expected
      await expectAgreement(name, { exit: local.exit, anchored: false })
      // What shows without anchors shows with them too; they are tried where they say more.
      if (JSON.stringify(local) === JSON.stringify(anchored)) continue
      await expectAgreement(name, { exit: anchored.exit, anchored: true })
    }
  })

  it('agrees on a proof, and its note is one of C2SP', async () => {
    const database = join(logs, 'honest', 'audit', 'audit.db')
    const vkey = readFileSync(join(logs, 'honest', 'vkey.txt'), 'utf8').trim()
    const { stdout: id } = await run('python3', ['-c', idOfEvent, database, '1234'])
    const out = join(sandbox.folder, 'proof')
    const place = ['--data-dir', join(logs, 'honest')]
    const made = await sandbox.kt(['events', 'prove', id.trim(), '--out', out, ...place])
    expect(made.code).toBe(0)
    const proof = ['--proof', `${out}.tlog-proof`, '--event', `${out}.json`]
    expect((await python([...proof, '--vkey', vkey])).exit).toBe(0)
    expect((await python(proof)).exit).toBe(3)
    expect((await python([...proof.slice(0, 3), page])).exit).toBe(2)
    const text = readFileSync(`${out}.tlog-proof`, 'utf8')
    expectNote(text.slice(text.indexOf('\n\n') + 2), vkey)
  })

  it('knows the tables of the page', async () => {
    const { stdout } = await run('python3', ['-c', schemaOfPage, page])
    expect(readFileSync(script, 'utf8')).toContain(`SCHEMA = "${stdout.trim()}"`)
  })

  it('imports the standard library only, and starts nothing but openssl', async () => {
    const { stdout } = await run('python3', ['-c', listImports, script])
    expect(JSON.parse(stdout)).toEqual({
      imports: allowedImports,
      doors: [],
      programs: ['openssl'],
      starts: ['run'],
    })
  })
})

/** C2SP signed-note and tlog-checkpoint, as their pages describe them. */
function expectNote(note: string, vkey: string): void {
  const split = note.lastIndexOf('\n\n')
  const text = note.slice(0, split + 1)
  expect(text).toMatch(/^\S+\n(?:0|[1-9]\d*)\n[A-Za-z0-9+/]{43}=\n$/)
  const line = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})\n$/.exec(note.slice(split + 2))
  const [, name = '', encoded = ''] = line ?? []
  const [origin = '', id = ''] = vkey.split('+')
  const key = Buffer.from(vkey.slice(origin.length + id.length + 2), 'base64')
  const hash = createHash('sha256').update(`${name}\n`).update(key).digest()
  const signature = Buffer.from(encoded, 'base64')
  expect(key[0]).toBe(1)
  expect({ name, id: hash.toString('hex', 0, 4) }).toEqual({ name: text.split('\n')[0], id })
  expect(signature.toString('hex', 0, 4)).toBe(id)
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.subarray(1)])
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' })
  expect(verify(null, Buffer.from(text), publicKey, signature.subarray(4))).toBe(true)
}
