import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { storePaths } from '@keeptrusts/audit-store'
import { writeErr } from '../output/write.ts'
import type { FileAnswer, RemoteClient } from './remote-client.ts'

/**
 * Fetches a copy of the log of a gateway elsewhere into a folder that only this user can open, and removes it when `use` has ended, however
 * it ended. Throws `CliError`, and what the disk says.
 */
export async function withLogCopy<T>(
  client: RemoteClient,
  stop: AbortSignal,
  use: (dir: string) => T,
): Promise<T> {
  // Made with 0700.
  const dir = await mkdtemp(join(tmpdir(), 'kt-log-copy-'))
  try {
    const copy = await client.fetchFile('log/copy', stop)
    const file = createWriteStream(storePaths(dir).database, { flags: 'wx', mode: 0o600 })
    await pipeline(shown(copy), file, { signal: stop })
    return use(dir)
  } finally {
    await rm(dir, { recursive: true, force: true, maxRetries: 3 })
  }
}

const mebibyte = 1024 * 1024

/** Passes the chunks on and says on a terminal how far it is. */
async function* shown({ chunks, length }: FileAnswer): AsyncIterable<Uint8Array> {
  const total = length === null ? '' : ` of ${(length / mebibyte).toFixed(1)}`
  let [size, told] = [0, 0]
  for await (const chunk of chunks) {
    size += chunk.length
    yield chunk
    if (!process.stderr.isTTY || Date.now() - told < 250) continue
    told = Date.now()
    writeErr(`\rFetching the log: ${(size / mebibyte).toFixed(1)}${total} MiB`)
  }
  if (process.stderr.isTTY)
    writeErr(`\rFetched the log: ${(size / mebibyte).toFixed(1)} MiB      \n`)
}
