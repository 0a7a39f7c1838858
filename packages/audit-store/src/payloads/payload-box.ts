import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** A kept content as it lies in the log: encrypted, with the wrapped key of its day. */
export interface SealedPayload {
  /** First 32 hex digits of SHA-256(wrapped). */
  readonly keyId: string
  /** The data key under the payload master key. */
  readonly wrapped: Uint8Array
  /** 12 bytes. */
  readonly nonce: Uint8Array
  /** AES-256-GCM: ciphertext, then the tag of 16 bytes. */
  readonly box: Uint8Array
}

const cipher = 'aes-256-gcm'
/** NIST SP 800-38D §5.2.1.1: the length for which the counter is the nonce itself. */
const nonceBytes = 12
const tagBytes = 16

/** Wraps a data key: nonce, ciphertext and tag in one. Only this log's master key opens it, and only for this log. */
export function wrapKey(master: Uint8Array, key: Uint8Array, log: string): Uint8Array {
  const nonce = randomBytes(nonceBytes)
  return Uint8Array.from([...nonce, ...encrypt({ key: master, nonce, about: keyOf(log) }, key)])
}

/** Opens what `wrapKey` made; `null` when it was changed, or wrapped under another key or for another log. */
export function unwrapKey(master: Uint8Array, wrapped: Uint8Array, log: string): Buffer | null {
  const nonce = wrapped.subarray(0, nonceBytes)
  return decrypt({ key: master, nonce, about: keyOf(log) }, wrapped.subarray(nonceBytes))
}

/** Says which wrapped key this is. */
export function payloadKeyId(wrapped: Uint8Array): string {
  return createHash('sha256').update(wrapped).digest('hex').slice(0, 32)
}

/** Encrypts the content of an event; `place` is `<log>/<event id>`, so that a box fits no other event. */
export function sealBox(
  key: Uint8Array,
  content: Uint8Array,
  place: string,
): Pick<SealedPayload, 'nonce' | 'box'> {
  const nonce = randomBytes(nonceBytes)
  return { nonce, box: encrypt({ key, nonce, about: place }, content) }
}

/** Opens what `sealBox` made; `null` when it was changed, or belongs to another event. */
export function openBox(
  key: Uint8Array,
  { nonce, box }: Pick<SealedPayload, 'nonce' | 'box'>,
  place: string,
): Buffer | null {
  return decrypt({ key, nonce, about: place }, box)
}

/** What an event with kept content says of it, hex: the tree commits to the encrypted form, which says nothing about the text. */
export function payloadHash({ keyId, nonce, box }: Omit<SealedPayload, 'wrapped'>): string {
  return createHash('sha256').update(keyId, 'utf8').update(nonce).update(box).digest('hex')
}

interface Lock {
  readonly key: Uint8Array
  readonly nonce: Uint8Array
  /** Additional authenticated data. */
  readonly about: string
}

function keyOf(log: string): string {
  return `keeptrusts payload key ${log}`
}

/** The result has memory of its own: it is sent to the writer's thread, and a part of a pool would be sent with the whole pool. */
function encrypt({ key, nonce, about }: Lock, plain: Uint8Array): Uint8Array {
  const sealing = createCipheriv(cipher, key, nonce, { authTagLength: tagBytes })
  sealing.setAAD(Buffer.from(about, 'utf8'))
  const box = new Uint8Array(plain.length + tagBytes)
  box.set(sealing.update(plain))
  sealing.final()
  box.set(sealing.getAuthTag(), plain.length)
  return box
}

function decrypt({ key, nonce, about }: Lock, box: Uint8Array): Buffer | null {
  if (nonce.length !== nonceBytes || box.length < tagBytes) return null
  const opening = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes })
  opening.setAAD(Buffer.from(about, 'utf8'))
  opening.setAuthTag(box.subarray(-tagBytes))
  try {
    return Buffer.concat([opening.update(box.subarray(0, -tagBytes)), opening.final()])
  } catch {
    return null
  }
}
