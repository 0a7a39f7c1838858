import { sha256 } from '@noble/hashes/sha2.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { PatternRecognizer } from '../pattern-recognizer.ts'

const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const bech32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]

/** Addresses of Bitcoin (base58check, bech32, bech32m) and Ethereum (EIP-55), by their checksums. */
export const crypto: PatternRecognizer = {
  entity: 'CRYPTO',
  label: 'CRYPTO',
  aliases: ['CRYPTO_ADDRESS', 'CRYPTO_WALLET', 'WALLET_ADDRESS', 'BITCOIN_ADDRESS'],
  forms: [
    { pattern: /[13][1-9A-HJ-NP-Za-km-z]{25,34}(?![0-9A-Za-z])/y, score: 300 },
    {
      pattern: /(?:bc1[02-9ac-hj-np-z]{11,59}|BC1[02-9AC-HJ-NP-Z]{11,59})(?![0-9A-Za-z])/y,
      score: 300,
    },
    // In small letters alone an Ethereum address has no checksum: any hash of twenty bytes looks like it.
    { pattern: /0x[0-9a-fA-F]{40}(?![0-9A-Za-z])/y, score: 300 },
  ],
  longest: 62,
  check: (written) => {
    if (written.startsWith('0x')) return passesEip55(written.slice(2))
    return /^bc1/i.test(written) ? passesBech32(written.toLowerCase()) : passesBase58Check(written)
  },
  cues: ['wallet', 'btc', 'bitcoin', 'crypto', 'eth', 'ethereum'],
  source: 'BIP 13, BIP 173, BIP 350, EIP-55',
}

/** Version, hash and the first four bytes of the hash's double SHA-256, in base 58. */
function passesBase58Check(written: string): boolean {
  let number = 0n
  for (const character of written) number = number * 58n + BigInt(base58.indexOf(character))
  const bytes = new Uint8Array(25)
  for (let index = 24; index >= 0; index -= 1) {
    bytes[index] = Number(number & 0xffn)
    number >>= 8n
  }
  if (number > 0n || (bytes[0] !== 0 && bytes[0] !== 5)) return false
  const sum = sha256(sha256(bytes.subarray(0, 21)))
  return bytes.subarray(21).every((byte, index) => byte === sum[index])
}

function passesBech32(written: string): boolean {
  const values = [3, 3, 0, 2, 3, ...[...written.slice(3)].map((one) => bech32.indexOf(one))]
  let sum = 1
  for (const value of values) {
    const top = sum >>> 25
    sum = ((sum & 0x1ffffff) << 5) ^ value
    generators.forEach((generator, bit) => {
      if (((top >>> bit) & 1) === 1) sum ^= generator
    })
  }
  // Version 0 has the constant of BIP 173, later ones that of BIP 350.
  return sum === (written[3] === 'q' ? 1 : 0x2bc830a3)
}

/** Capitals stand where the hash of the small letters has digits from 8 on. */
function passesEip55(address: string): boolean | undefined {
  if (!/[a-f]/.test(address) || !/[A-F]/.test(address)) return undefined
  const hash = bytesToHex(keccak_256(utf8ToBytes(address.toLowerCase())))
  return [...address].every(
    (character, index) =>
      !/[a-f]/i.test(character) ||
      Number.parseInt(hash[index] ?? '0', 16) >= 8 === /[A-F]/.test(character),
  )
}
