import { createPrivateKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isSignedBy, parseNote, signNote } from './signed-note.ts'
import type { VerifierKey } from './verifier-key.ts'
import { noteVerifierKey, parseVerifierKey } from './verifier-key.ts'

/*
 * The examples of golang.org/x/mod/sumdb/note, which the signed-note format of C2SP was written down from, and the one of a
 * schema-less URL as a name.
 */
const text =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const peterKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const peterSecret = 'AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'
const peterLine =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
const enochKey = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop'
const enochLine =
  '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n'
const urlKey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
const urlNote =
  'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n'

function keyOf(vkey: string): VerifierKey {
  const key = parseVerifierKey(vkey)
  if (key === null) throw new Error('not a verifier key')
  return key
}

describe('the published examples of signed notes', () => {
  it.each([
    ['one signature', `${text}\n${peterLine}`, [peterKey]],
    ['two signatures', `${text}\n${peterLine}${enochLine}`, [peterKey, enochKey]],
    ['a URL as the name', urlNote, [urlKey]],
  ])('%s', (_name, published, keys) => {
    const note = parseNote(published)
    expect(note?.signatures).toHaveLength(keys.length)
    for (const key of keys) expect(note && isSignedBy(note, keyOf(key))).toBe(true)
    const changed = parseNote(published.replace('message', 'massage').replace('answer', 'answar'))
    for (const key of keys) expect(changed && isSignedBy(changed, keyOf(key))).toBe(false)
  })

  it('are not signed by others', () => {
    const note = parseNote(`${text}\n${peterLine}`)
    expect(note && isSignedBy(note, keyOf(enochKey))).toBe(false)
  })

  it('are what the same key signs here', () => {
    const seed = Buffer.from(peterSecret, 'base64').subarray(1)
    const prefix = Buffer.from('302e020100300506032b657004220420', 'hex')
    const der = Buffer.concat([prefix, seed])
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    expect(signNote(text, { key, ...keyOf(peterKey) })).toBe(`${text}\n${peterLine}`)
  })

  it.each([peterKey, enochKey, urlKey])('%s is read and written as it is', (vkey) => {
    const { name, publicKey } = keyOf(vkey)
    expect(noteVerifierKey(name, publicKey)).toBe(vkey)
  })
})
