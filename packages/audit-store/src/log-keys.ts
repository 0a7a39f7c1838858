import type { KeyObject } from 'node:crypto'
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
} from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createPrivateFile, refuseOpenToOthers, syncFolder } from './private-files.ts'
import { StoreFault } from './store-fault.ts'
import { errorCode } from './system-fault.ts'

/** The secrets of a log. */
export interface LogKeys {
  /** The raw Ed25519 public key, 32 bytes. */
  readonly publicKey: Buffer
  readonly signing: KeyObject
  /** 32 bytes; makes prompt hashes useless to whoever does not have it. */
  readonly prompt: Buffer
}

/** Where the keys of a log are. */
export interface LogKeyFiles {
  readonly signing: string
  readonly prompt: string
  /** Wraps the keys of kept content; made with the first content that is kept. */
  readonly payload: string
}

/** Which of a log's keys. */
export type LogKeyName = keyof LogKeyFiles

/** The files of a log's keys in a folder, each replaced by the one given for it. */
export function logKeyFiles(keysDir: string, given: Partial<LogKeyFiles> = {}): LogKeyFiles {
  return {
    signing: given.signing ?? join(keysDir, 'audit-signing.key'),
    prompt: given.prompt ?? join(keysDir, 'prompt-hmac.key'),
    payload: given.payload ?? join(keysDir, 'payload-master.key'),
  }
}

/**
 * The key files that the environment names (decision L3): `KEEPTRUSTS_AUDIT_KEY_FILE`, `KEEPTRUSTS_PROMPT_KEY_FILE`,
 * `KEEPTRUSTS_PAYLOAD_KEY_FILE`. An empty variable counts as unset.
 */
export function keyFilesFromEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Partial<LogKeyFiles> {
  const signing = env['KEEPTRUSTS_AUDIT_KEY_FILE']
  const prompt = env['KEEPTRUSTS_PROMPT_KEY_FILE']
  const payload = env['KEEPTRUSTS_PAYLOAD_KEY_FILE']
  return { ...(signing && { signing }), ...(prompt && { prompt }), ...(payload && { payload }) }
}

/** Makes the keys that are not there yet. To be called for a new log only: a key made for an old one would hide the loss of its own. */
export function createLogKeys(files: LogKeyFiles): LogKeys {
  for (const path of [files.signing, files.prompt]) ensureFolder(dirname(path))
  if (!existsSync(files.signing)) createPrivateFile(files.signing, newSigningKey())
  if (!existsSync(files.prompt)) createPrivateFile(files.prompt, newSecret())
  for (const folder of new Set([dirname(files.signing), dirname(files.prompt)])) syncFolder(folder)
  return readLogKeys(files)
}

/** Reads the keys of an existing log. Throws `StoreFault` for a missing, malformed or readable-by-others file. */
function readLogKeys(files: LogKeyFiles): LogKeys {
  return { ...readSigningKey(files.signing), prompt: readSecret(files.prompt) }
}

/** Reads an Ed25519 private key and its public one. Throws `StoreFault`. */
export function readSigningKey(path: string): Pick<LogKeys, 'signing' | 'publicKey'> {
  const signing = parseSigningKey(path)
  const spki = createPublicKey(signing).export({ type: 'spki', format: 'der' })
  // The last 32 bytes of an Ed25519 SubjectPublicKeyInfo are the key itself (RFC 8410 §4).
  return { signing, publicKey: spki.subarray(-32) }
}

/** Says which prompt key this is, without saying anything about it. */
export function promptKeyId(key: Uint8Array): string {
  return createHmac('sha256', key).update('keeptrusts prompt key id').digest('hex').slice(0, 32)
}

/** The file that a new key waits in until the log has recorded it. */
export function nextKeyFile(path: string): string {
  return `${path}.next`
}

/** Writes a new key beside the old one, not in force yet. Throws `StoreFault`, and what the file system throws. */
export function draftKey(path: string, kind: LogKeyName): void {
  const next = nextKeyFile(path)
  ensureFolder(dirname(path))
  rmSync(next, { force: true })
  createPrivateFile(next, kind === 'signing' ? newSigningKey() : newSecret())
  syncFolder(dirname(path))
}

/** Puts the new key in the place of the old one. */
export function adoptKey(path: string): void {
  renameSync(nextKeyFile(path), path)
  syncFolder(dirname(path))
}

/** Reads a file of 64 hex digits. Throws `StoreFault`. */
export function readSecret(path: string): Buffer {
  const text = readKeyFile(path).trim()
  if (!/^[0-9a-f]{64}$/i.test(text)) throw wrongKey(path, 'does not hold 64 hex digits')
  return Buffer.from(text, 'hex')
}

/** A key file that is not the one this log was made with, or not a key at all. */
export function wrongKey(path: string, problem: string, otherwise = ifLost): StoreFault {
  return new StoreFault({
    code: 'key-wrong',
    message: `The key ${path} ${problem}.`,
    suggestion: `Restore the key of this log from your backup. ${otherwise}`,
  })
}

const ifLost =
  'If it is lost for good, kt events key rotate --lost goes on with a new one and records that.'

/** A folder named by the environment may be one of the system, such as that of mounted secrets: only the file must be private. */
function ensureFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
}

function newSigningKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519')
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** 32 random bytes as the text of a key file. */
export function newSecret(): string {
  return `${randomBytes(32).toString('hex')}\n`
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

function readKeyFile(path: string): string {
  try {
    refuseOpenToOthers(path, '600')
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = errorCode(error)
    if (code === 'EACCES' || code === 'EPERM') throw notReadable(path)
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error
    throw new StoreFault({
      code: 'key-missing',
      message: `The key ${path} of the existing audit log is missing.`,
      suggestion: `Restore the file from your backup. ${ifLost}`,
    })
  }
}

/** The key is there, for another user: nothing is lost. */
function notReadable(path: string): StoreFault {
  return new StoreFault({
    code: 'permission-denied',
    message: `This user cannot read the key ${path} of the audit log.`,
    suggestion: 'Run as the user that runs the gateway, who owns the keys.',
  })
}
