import type { LintResult } from '../config/lint-config.ts'
import { lintConfig } from '../config/lint-config.ts'
import type { ParseConfigOptions } from '../config/parse-config.ts'
import { readConfigSources } from './read-config-sources.ts'

/**
 * Like `loadConfig`, but returns the problems of the files instead of throwing them.
 *
 * @throws KeeptrustsError `file-not-found` or `file-unreadable`.
 */
export async function lintConfigFiles(
  paths: string | readonly string[],
  options: ParseConfigOptions = {},
): Promise<LintResult> {
  const { sources, issues } = await readConfigSources([paths].flat())
  return issues.length > 0 ? { config: null, issues } : lintConfig(sources, options)
}
