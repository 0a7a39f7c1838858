import { open } from 'node:fs/promises'
import type { ConfigIssue } from '../config/config.ts'
import type { ConfigSource } from '../config/config-source.ts'
import { maxConfigBytes } from '../config/config-source.ts'
import { issueAt } from '../config/issue-at.ts'
import { KeeptrustsError } from '../errors/keeptrusts-error.ts'

/** Files as text, and those that are too large or no text at all. */
export interface ReadSources {
  readonly sources: readonly ConfigSource[]
  readonly issues: readonly ConfigIssue[]
}

/** Reads configuration files; never more than one byte over the limit, whatever a path leads to. */
export async function readConfigSources(paths: readonly string[]): Promise<ReadSources> {
  const sources: ConfigSource[] = []
  const issues: ConfigIssue[] = []
  for (const file of paths) {
    const text = decode(await readBytes(file), file)
    if (typeof text === 'string') sources.push({ text, file })
    else issues.push(text)
  }
  return { sources, issues }
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    const handle = await open(file, 'r')
    try {
      return await readUpTo(handle, maxConfigBytes + 1)
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw toReadError(file, error)
  }
}

type FileHandle = Awaited<ReturnType<typeof open>>

/** `stat` says nothing about devices and pipes, so the bytes are counted as they come. */
async function readUpTo(handle: FileHandle, limit: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(limit)
  let length = 0
  while (length < limit) {
    const { bytesRead } = await handle.read(buffer, length, limit - length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return buffer.subarray(0, length)
}

function decode(bytes: Uint8Array, file: string): string | ConfigIssue {
  if (bytes.length > maxConfigBytes) return tooLarge(file)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return notUtf8(bytes, file)
  }
}

function tooLarge(file: string): ConfigIssue {
  return issueAt(
    '',
    { file, line: 1, column: 1 },
    {
      code: 'E021',
      message: `The file has more than ${maxConfigBytes} bytes (1 MiB), the limit for a configuration`,
      suggestion:
        'Check that the path leads to a configuration; a large one can be split over several files',
    },
  )
}

/** Points at the first bad byte: what decodes with replacement characters up to there was good. */
function notUtf8(bytes: Uint8Array, file: string): ConfigIssue {
  const good = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).split('\uFFFD')[0] ?? ''
  const lines = good.split('\n')
  const position = { file, line: lines.length, column: (lines.at(-1) ?? '').length + 1 }
  return issueAt('', position, {
    code: 'E010',
    message: 'Found bytes that are not UTF-8',
    suggestion: 'Save the file in the encoding UTF-8',
  })
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'no permission to read it',
  EISDIR: 'it is a folder',
  EPERM: 'no permission to read it',
  ENOTDIR: 'a part of the path is not a folder',
  ELOOP: 'its links lead in a circle',
}

function toReadError(file: string, error: unknown): KeeptrustsError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT') {
    return new KeeptrustsError({
      code: 'file-not-found',
      message: `There is no file ${file}`,
      suggestion: 'Check the path; a relative path starts at the current folder',
      cause: error,
    })
  }
  return new KeeptrustsError({
    code: 'file-unreadable',
    message: `${file} cannot be read: ${reasons[code] ?? code}`,
    suggestion: 'Name a file that the current user can read',
    cause: error,
  })
}
