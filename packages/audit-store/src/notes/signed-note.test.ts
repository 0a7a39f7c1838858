import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSignedBy, parseNote, signNote } from './signed-note.ts'
import { keyId, noteVerifierKey, parseVerifierKey } from './verifier-key.ts'

/** The example of C2SP signed-note (the one of Go's sumdb/note documentation). */
const published = {
  vkey: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  note:
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
}

function aSigner(name = 'example.com/log') {
  const { privateKey } = generateKeyPairSync('ed25519')
  const der = privateKey.export({ format: 'der', type: 'pkcs8' })
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const publicKey = Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url').subarray(-32)
  return {
    signer: { name, id: keyId(name, publicKey), key },
    vkey: noteVerifierKey(name, publicKey),
  }
}

describe('a signed note', () => {
  it('is read and verified like the published example', () => {
    const note = parseNote(published.note)
    const key = parseVerifierKey(published.vkey)
    expect(note?.signatures).toHaveLength(1)
    expect(note && key && isSignedBy(note, key)).toBe(true)
  })

  it('that we sign verifies, and under no other key or name', () => {
    const { signer, vkey } = aSigner()
    const note = parseNote(signNote('one\ntwo\n', signer))
    const right = parseVerifierKey(vkey)
    const other = parseVerifierKey(aSigner().vkey)
    if (!note || !right || !other) throw new Error('not parsed')
    expect(note.text).toBe('one\ntwo\n')
    expect(isSignedBy(note, right)).toBe(true)
    expect(isSignedBy(note, other)).toBe(false)
    expect(isSignedBy(note, { ...right, name: 'example.com/other' })).toBe(false)
  })

  it('does not verify when any bit of it was flipped', () => {
    const { signer, vkey } = aSigner()
    const key = parseVerifierKey(vkey)
    const bytes = Buffer.from(signNote('origin\n7\nAAAA\n', signer))
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const changed = Buffer.from(bytes)
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const note = parseNote(changed.toString('utf8'))
        expect(note !== null && key !== null && isSignedBy(note, key)).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    '',
    '\n',
    'text\n',
    'text\n\n',
    'text\n\n— name\n',
    'text\n\n— name AAAA\n',
    'text\n\nname x\n',
  ])('is not %j', (text) => {
    expect(parseNote(text)).toBeNull()
  })
})

describe('parseVerifierKey', () => {
  it.each([
    published.vkey.replace('c74f20a3', 'c74f20a4'),
    published.vkey.replace('ARpc', 'Arpc'),
    published.vkey.replace('PeterNeumann', 'Peter Neumann'),
    'PeterNeumann+c74f20a3',
    '',
  ])('refuses %j', (text) => {
    expect(parseVerifierKey(text)).toBeNull()
  })
})
