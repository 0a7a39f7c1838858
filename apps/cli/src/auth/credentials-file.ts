import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { CliError } from '../errors/cli-error.ts'
import type { Profile, Profiles } from './profiles.ts'
import { localName, noProfiles } from './profiles.ts'

const VERSION = 2

/** Writes the file as 0600 in one step: a crash leaves the old one or the new one, never half of it. */
export function writeProfiles(file: string, { active, list }: Profiles): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  const content = { version: VERSION, active, profiles: list }
  try {
    const handle = openSync(draft, 'wx', 0o600)
    try {
      writeSync(handle, `${JSON.stringify(content, null, 2)}\n`)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
  syncFolder(dirname(file))
}

/** The stored profiles; none without the file. Throws `CliError` when others can read the file or it is damaged. */
export function readProfiles(file: string): Profiles {
  const text = readIfThere(file)
  if (text === null) return noProfiles
  refuseOpenToOthers(file)
  const found = parse(text)
  if (found === null) {
    throw new CliError({
      code: 'file-unreadable',
      message: 'The stored sign-in cannot be read.',
      where: file,
      suggestion: 'Remove the file and run kt auth login: it writes the file anew.',
      exit: 1,
    })
  }
  return found
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function parse(text: string): Profiles | null {
  try {
    const stored = JSON.parse(text)
    if (stored.version === 1) return fromVersion1(stored)
    const { version, active, profiles } = stored
    if (version !== VERSION || !(active === null || typeof active === 'string')) return null
    return Array.isArray(profiles) && profiles.every(isProfile) ? { active, list: profiles } : null
  } catch {
    return null
  }
}

/** Version 1 knew one sign-in, to a gateway of this machine. */
function fromVersion1({
  email,
  data_dir,
  token,
}: Readonly<Record<string, unknown>>): Profiles | null {
  const profile = { name: localName, gateway: { data_dir }, email, role: null, token }
  return isProfile(profile) && token !== null ? { active: localName, list: [profile] } : null
}

function isProfile(value: unknown): value is Profile {
  if (!isObject(value) || !isObject(value['gateway'])) return false
  const { name, email, role, token, gateway } = value
  const { data_dir, url, ca_file = '', insecure_http = false, vkey = '' } = gateway
  const place = typeof url === 'string' || typeof data_dir === 'string'
  const texts = [name, ca_file, vkey].every(isText) && typeof insecure_http === 'boolean'
  return place && texts && [email, role, token].every((one) => one === null || isText(one))
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refuseOpenToOthers(file: string): void {
  // Windows has no such bits (decision K5).
  if (process.platform === 'win32' || (statSync(file).mode & 0o077) === 0) return
  throw new CliError({
    code: 'loose-permissions',
    message: 'Other users of this machine can read your stored sign-in.',
    where: file,
    suggestion: `Run chmod 600 ${file}, then kt auth logout and kt auth login: somebody may have copied the token.`,
  })
}

/** Makes the new name durable. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
