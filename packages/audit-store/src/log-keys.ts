import type { KeyObject } from 'node:crypto'
import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
} from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  createPrivateFile,
  ensurePrivateFolder,
  refuseOpenToOthers,
  syncFolder,
} from './private-files.ts'
import { StoreFault } from './store-fault.ts'

/** The secrets of a log. */
export interface LogKeys {
  /** The raw Ed25519 public key, 32 bytes. */
  readonly publicKey: Buffer
  readonly signing: KeyObject
  /** 32 bytes; makes prompt hashes useless to whoever does not have it. */
  readonly prompt: Buffer
}

const signingFile = 'audit-signing.key'
const promptFile = 'prompt-hmac.key'

/** Makes the keys that are not there yet. To be called for a new log only: a key made for an old one would hide the loss of its own. */
export function createLogKeys(keysDir: string): LogKeys {
  ensurePrivateFolder(keysDir)
  const signing = join(keysDir, signingFile)
  if (!existsSync(signing)) {
    const { privateKey } = generateKeyPairSync('ed25519')
    createPrivateFile(signing, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  }
  const prompt = join(keysDir, promptFile)
  if (!existsSync(prompt)) createPrivateFile(prompt, `${randomBytes(32).toString('hex')}\n`)
  syncFolder(keysDir)
  return readLogKeys(keysDir)
}

/** Reads the keys of an existing log. Throws `StoreFault` for a missing, malformed or readable-by-others file. */
export function readLogKeys(keysDir: string): LogKeys {
  const signing = parseSigningKey(join(keysDir, signingFile))
  const spki = createPublicKey(signing).export({ type: 'spki', format: 'der' })
  return {
    signing,
    // The last 32 bytes of an Ed25519 SubjectPublicKeyInfo are the key itself (RFC 8410 §4).
    publicKey: spki.subarray(-32),
    prompt: parsePromptKey(join(keysDir, promptFile)),
  }
}

/** Says which prompt key this is, without saying anything about it. */
export function promptKeyId(key: Uint8Array): string {
  return createHmac('sha256', key).update('keeptrusts prompt key id').digest('hex').slice(0, 32)
}

/** The verifier key of a log, under the name its checkpoints are signed with. */
export function verifierKey(log: string, publicKey: Uint8Array): string {
  return noteVerifierKey(`keeptrusts.local/audit/${log}`, publicKey)
}

/** An Ed25519 key in the form of C2SP signed-note: `<name>+<key id>+<base64(0x01 || key)>`. */
export function noteVerifierKey(name: string, publicKey: Uint8Array): string {
  const typed = Buffer.concat([Buffer.of(1), publicKey])
  const id = createHash('sha256').update(`${name}\n`).update(typed).digest('hex').slice(0, 8)
  return `${name}+${id}+${typed.toString('base64')}`
}

function parseSigningKey(path: string): KeyObject {
  try {
    const key = createPrivateKey(readKeyFile(path))
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch (error) {
    if (error instanceof StoreFault) throw error
  }
  throw wrongKey(path, 'is not an Ed25519 private key in PEM')
}

function parsePromptKey(path: string): Buffer {
  const text = readKeyFile(path).trim()
  if (!/^[0-9a-f]{64}$/i.test(text)) throw wrongKey(path, 'does not hold 64 hex digits')
  return Buffer.from(text, 'hex')
}

function readKeyFile(path: string): string {
  if (!existsSync(path)) {
    throw new StoreFault({
      code: 'key-missing',
      message: `The key ${path} of the existing audit log is missing.`,
      suggestion:
        'Restore the file from your backup. Without it the log cannot go on: to start a new one, move the audit folder away.',
    })
  }
  refuseOpenToOthers(path, '600')
  return readFileSync(path, 'utf8')
}

/** A key file that is not the one this log was made with, or not a key at all. */
export function wrongKey(path: string, problem: string): StoreFault {
  return new StoreFault({
    code: 'key-wrong',
    message: `The key ${path} ${problem}.`,
    suggestion: 'Restore the key that was made together with this log from your backup.',
  })
}

/** Where the keys of a log are, for messages. */
export function logKeyFiles(keysDir: string): {
  readonly signing: string
  readonly prompt: string
} {
  return { signing: join(keysDir, signingFile), prompt: join(keysDir, promptFile) }
}
