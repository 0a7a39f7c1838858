import type { Dirent } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ConfigIssue, LocatedTest } from '@keeptrusts/core'
import { CliError } from '../../errors/cli-error.ts'
import { InvalidTests } from './invalid-tests.ts'

/** The tests of a folder, and warnings about them. */
export interface ReadTests {
  readonly tests: readonly LocatedTest[]
  readonly warnings: readonly ConfigIssue[]
}

/**
 * Reads every `tests/*.json` of a folder, in the order of their names; no folder is no test.
 * Throws `InvalidTests` with all problems of all files, so that none is ever skipped, and `CliError` for one that cannot be read.
 */
export async function readTests(folder: string): Promise<ReadTests> {
  const directory = join(folder, 'tests')
  const { parsePolicyTest } = await import('@keeptrusts/core/testing')
  const tests: LocatedTest[] = []
  const issues: ConfigIssue[] = []
  for (const name of await jsonFiles(directory)) {
    const file = join(directory, name)
    const parsed = parsePolicyTest({ file, text: await textOf(file) })
    issues.push(...parsed.issues)
    if (parsed.test !== null) tests.push(parsed.test)
  }
  if (issues.some(({ severity }) => severity === 'error')) throw new InvalidTests(issues)
  return { tests, warnings: issues }
}

async function jsonFiles(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (isMissing) return [] as Dirent[]
    throw unreadable(directory)
  })
  return entries
    .filter((entry) => !entry.isDirectory() && entry.name.endsWith('.json'))
    .map(({ name }) => name)
    .sort()
}

async function textOf(file: string): Promise<string> {
  const bytes = await readFile(file).catch(() => {
    throw unreadable(file)
  })
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new CliError({
      code: 'test-invalid',
      message: 'The test is not UTF-8.',
      where: file,
      suggestion: 'Save it as UTF-8.',
    })
  }
}

function unreadable(where: string): CliError {
  return new CliError({ code: 'file-unreadable', message: 'It cannot be read.', where })
}
