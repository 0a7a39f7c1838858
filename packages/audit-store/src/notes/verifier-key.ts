import type { KeyObject } from 'node:crypto'
import { createHash, createPublicKey } from 'node:crypto'

/** Marks an Ed25519 key in C2SP signed-note. */
const ed25519 = 0x01

/** The DER bytes before the 32 of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410 §4). */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/** A verifier key taken apart. */
export interface VerifierKey {
  /** The name that its notes are signed with; of a log its origin. */
  readonly name: string
  /** Four bytes that say which key signed a line. */
  readonly id: Buffer
  /** The raw Ed25519 key, 32 bytes. */
  readonly publicKey: Buffer
}

/** The name of a log in its checkpoints. `log` is its id, 32 hex digits. */
export function originOf(log: string): string {
  return `keeptrusts.local/audit/${log}`
}

/** The verifier key of a log, under the name its checkpoints are signed with. */
export function verifierKey(log: string, publicKey: Uint8Array): string {
  return noteVerifierKey(originOf(log), publicKey)
}

/** An Ed25519 key in the form of C2SP signed-note: `<name>+<key id>+<base64(0x01 || key)>`. */
export function noteVerifierKey(name: string, publicKey: Uint8Array): string {
  return `${name}+${keyId(name, publicKey).toString('hex')}+${typed(publicKey).toString('base64')}`
}

/** The first four bytes of SHA-256(name LF 0x01 key), as C2SP signed-note says. */
export function keyId(name: string, publicKey: Uint8Array): Buffer {
  return createHash('sha256').update(`${name}\n`).update(typed(publicKey)).digest().subarray(0, 4)
}

/** Reads what `noteVerifierKey` writes; `null` for anything else, a key id that is not the key's included. */
export function parseVerifierKey(text: string): VerifierKey | null {
  const [, name = '', id = '', encoded = ''] =
    /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text.trim()) ?? []
  const bytes = Buffer.from(encoded, 'base64')
  if (bytes.length !== 33 || bytes[0] !== ed25519) return null
  const publicKey = bytes.subarray(1)
  return noteVerifierKey(name, publicKey) === text.trim()
    ? { name, id: Buffer.from(id, 'hex'), publicKey }
    : null
}

const objects = new WeakMap<Uint8Array, KeyObject>()

/** The key in the form that `crypto.verify` takes; making it costs as much as a signature does, so it is kept with the key. */
export function publicKeyObject(publicKey: Uint8Array): KeyObject {
  const known = objects.get(publicKey)
  if (known) return known
  const key = Buffer.concat([spkiPrefix, publicKey])
  const object = createPublicKey({ key, format: 'der', type: 'spki' })
  objects.set(publicKey, object)
  return object
}

function typed(publicKey: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(ed25519), publicKey])
}
