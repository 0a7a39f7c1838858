import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { placeUnder, SampleLog } from '../fixtures/sample-log.ts'
import type { ProvenEvent } from './prove-event.ts'
import { proveEvent } from './prove-event.ts'
import { formatTlogProof, parseTlogProof } from './tlog-proof.ts'
import { verifyProof } from './verify-proof.ts'

const root = mkdtempSync(join(tmpdir(), 'keeptrusts-proofs-'))
let log: SampleLog
let vkey: string

beforeAll(() => {
  log = new SampleLog(placeUnder(root))
  log.append(1300)
  log.anchor()
  log.append(50)
  vkey = log.writer.publicKey
})
afterAll(() => {
  log.close()
  rmSync(root, { recursive: true, force: true })
})

function prove(seq: number): ProvenEvent {
  const proven = proveEvent({ dir: log.place.dir, id: `${log.writer.log}/${seq}` })
  if (proven === null) throw new Error(`no event ${seq}`)
  return proven
}

describe('proofs of events', () => {
  it.each([0, 1, 1023, 1024, 1300, 1301, 1350])('event %i is proven without the log', (seq) => {
    const { proof, body, size, id } = prove(seq)
    expect(size).toBe(seq <= 1300 ? 1301 : 1351)
    expect(verifyProof({ proof, event: body, vkey })).toEqual({
      verdict: 'proven',
      failure: null,
      origin: `keeptrusts.local/audit/${log.writer.log}`,
      size,
      seq,
      id,
      exit: 0,
    })
    expect(proveEvent({ dir: log.place.dir, id })?.seq).toBe(seq)
  })

  it('hold for the event in any order and with any space, and for no other', () => {
    const { proof, body } = prove(77)
    const members = Object.entries(JSON.parse(body) as Record<string, unknown>).reverse()
    const pretty = JSON.stringify(Object.fromEntries(members), null, 2)
    expect(verifyProof({ proof, event: pretty, vkey }).exit).toBe(0)
    const changed = body.replace('"user-', '"uzer-')
    expect(verifyProof({ proof, event: changed, vkey })).toMatchObject({
      failure: 'not-in-tree',
      exit: 1,
    })
    expect(verifyProof({ proof, event: prove(78).body, vkey })).toMatchObject({
      failure: 'other-event',
      exit: 1,
    })
    expect(verifyProof({ proof, event: '[]', vkey })).toMatchObject({
      failure: 'event-form',
      exit: 2,
    })
  })

  it('prove nothing without a key, or with another one', () => {
    const { proof, body } = prove(77)
    expect(verifyProof({ proof, event: body, vkey: null })).toMatchObject({
      verdict: 'unsigned',
      exit: 3,
    })
    expect(verifyProof({ proof, event: body, vkey: 'nonsense' })).toMatchObject({
      failure: 'key-form',
      exit: 2,
    })
    const other = new SampleLog(placeUnder(join(root, 'other')))
    other.close()
    const foreign = { proof, event: body, vkey: other.writer.publicKey }
    expect(verifyProof(foreign)).toMatchObject({ failure: 'not-signed', exit: 1 })
  })

  it('fail after any bit of them was flipped', () => {
    const { proof, body } = prove(1024)
    const bytes = Buffer.from(proof)
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const changed = Buffer.from(bytes)
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(verifyProof({ proof: changed.toString(), event: body, vkey }).exit).toBeGreaterThan(
          0,
        )
      }),
      { numRuns: 2000 },
    )
  })

  it('are there for events that exist only', () => {
    const { dir } = log.place
    expect(proveEvent({ dir, id: 'evt_none' })).toBeNull()
    expect(proveEvent({ dir, id: `${'0'.repeat(32)}/1` })).toBeNull()
    expect(proveEvent({ dir, id: `${log.writer.log}/99999` })).toBeNull()
  })
})

describe('the form of a proof', () => {
  it('is that of C2SP tlog-proof', () => {
    const checkpoint = 'example.com/log\n1\nAAAA\n\n— example.com/log BBBB\n'
    const hashes = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
    const text = formatTlogProof({ index: 7, hashes, checkpoint })
    expect(text).toBe(
      `c2sp.org/tlog-proof@v1\nindex 7\n${hashes[0]!.toString('base64')}\n${hashes[1]!.toString('base64')}\n\n${checkpoint}`,
    )
    expect(parseTlogProof(text)).toEqual({ index: 7, hashes, checkpoint })
    const withExtra = text.replace('index', 'extra AAEC\nindex')
    expect(parseTlogProof(withExtra)).toEqual({ index: 7, hashes, checkpoint })
    expect(parseTlogProof(formatTlogProof({ index: 0, hashes: [], checkpoint }))?.hashes).toEqual(
      [],
    )
  })

  it.each([
    ['another first line', 'wrong-header\nindex 0\n\ncheckpoint\n'],
    ['no index', 'c2sp.org/tlog-proof@v1\n\ncheckpoint\n'],
    ['an index that is no number', 'c2sp.org/tlog-proof@v1\nindex notanumber\n\ncheckpoint\n'],
    ['a negative index', 'c2sp.org/tlog-proof@v1\nindex -5\n\ncheckpoint\n'],
    ['a leading zero', 'c2sp.org/tlog-proof@v1\nindex 05\n\ncheckpoint\n'],
    ['a hash that is not base64', 'c2sp.org/tlog-proof@v1\nindex 0\n!!notbase64!!\n\ncheckpoint\n'],
    [
      'a hash that is too long',
      `c2sp.org/tlog-proof@v1\nindex 0\n${Buffer.alloc(64).toString('base64')}\n\ncheckpoint\n`,
    ],
  ])('refuses %s', (_name, text) => {
    expect(parseTlogProof(text)).toBeNull()
  })
})
