import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CliError } from '../errors/cli-error.ts'
import type { TemplateFile } from './templates.ts'

interface WriteOptions {
  readonly folder: string
  /** Whether files that are there already may be replaced. */
  readonly force: boolean
}

/**
 * Writes files, each whole or not at all: everything is on the disk under other names before the first one gets its own.
 * Throws `CliError` `file-exists` that lists what is there already; nothing is written then.
 */
export async function writeFiles(
  files: readonly TemplateFile[],
  { folder, force }: WriteOptions,
): Promise<void> {
  const existing = files.map(({ path }) => path).filter((path) => existsSync(join(folder, path)))
  if (existing.length > 0 && !force) throw exists(existing, folder)
  const suffix = `.${randomBytes(6).toString('hex')}.tmp`
  const prepared = files.map(({ path, text }) => {
    const target = join(folder, path)
    return { path, target, text, temporary: `${target}${suffix}` }
  })
  try {
    for (const { target, temporary, text } of prepared) {
      await mkdir(dirname(target), { recursive: true })
      await writeFile(temporary, text, { flag: 'wx' })
    }
    for (const { path, target, temporary } of prepared)
      await (force ? rename(temporary, target) : place({ path, target, temporary, folder }))
  } finally {
    for (const { temporary } of prepared) await rm(temporary, { force: true })
  }
}

interface Placed {
  readonly path: string
  readonly target: string
  readonly temporary: string
  readonly folder: string
}

/** A link, unlike a renaming, never takes the place of a file that somebody made meanwhile. */
async function place({ path, target, temporary, folder }: Placed): Promise<void> {
  try {
    await link(temporary, target)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'EEXIST') throw exists([path], folder)
    // Some file systems have no links.
    await rename(temporary, target)
  }
}

function exists(paths: readonly string[], folder: string): CliError {
  const there = paths.length === 1 ? 'is there already' : 'are there already'
  return new CliError({
    code: 'file-exists',
    message: `${paths.join(', ')} ${there}; nothing was overwritten.`,
    where: folder,
  })
}
