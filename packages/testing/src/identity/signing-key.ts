import type { KeyObject } from 'node:crypto'
import { createHmac, generateKeyPairSync, sign } from 'node:crypto'

/** Algorithms of RFC 7518 and RFC 8037 that tokens are signed with here. */
export type TokenAlgorithm = 'RS256' | 'PS256' | 'ES256' | 'EdDSA'

/** A key pair of an identity provider. */
export interface SigningKey {
  readonly kid: string
  readonly alg: TokenAlgorithm
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/** What a header of a token may say against better knowledge. */
export interface TokenWish {
  /** Replaces members of the header; `undefined` leaves one out. */
  readonly header?: Readonly<Record<string, unknown>>
  /** `none`: no signature at all. `HS256`: signed with the public key as the secret, as an attacker can. */
  readonly forged?: 'none' | 'HS256'
}

/** Makes a key pair. */
export function createSigningKey(kid: string, alg: TokenAlgorithm = 'RS256'): SigningKey {
  return { kid, alg, ...pairFor(alg) }
}

function pairFor(alg: TokenAlgorithm) {
  if (alg === 'ES256') return generateKeyPairSync('ec', { namedCurve: 'P-256' })
  if (alg === 'EdDSA') return generateKeyPairSync('ed25519')
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
}

/** The public half as a JSON Web Key (RFC 7517). */
export function publicJwk({ kid, alg, publicKey }: SigningKey): object {
  return { ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' }
}

/** A token in compact form (RFC 7515 §3.1). */
export function signToken(
  claims: Readonly<Record<string, unknown>>,
  key: SigningKey,
  { header = {}, forged }: TokenWish = {},
): string {
  const head = encode({ alg: forged ?? key.alg, kid: key.kid, typ: 'JWT', ...header })
  const input = `${head}.${encode(claims)}`
  return `${input}.${signatureOf(input, key, forged)}`
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function signatureOf(
  input: string,
  { alg, privateKey, publicKey }: SigningKey,
  forged: TokenWish['forged'],
): string {
  if (forged === 'none') return ''
  if (forged === 'HS256') {
    const secret = publicKey.export({ type: 'spki', format: 'pem' })
    return createHmac('sha256', secret).update(input).digest('base64url')
  }
  const hash = alg === 'EdDSA' ? null : 'sha256'
  const more = alg === 'PS256' ? { padding: 6, saltLength: 32 } : {}
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' as const, ...more }
  return sign(hash, Buffer.from(input), key).toString('base64url')
}
