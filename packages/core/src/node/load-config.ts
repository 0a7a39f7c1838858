import type { Config } from '../config/config.ts'
import { ConfigError } from '../config/config-error.ts'
import type { ParseConfigOptions } from '../config/parse-config.ts'
import { parseConfig } from '../config/parse-config.ts'
import { readConfigSources } from './read-config-sources.ts'

/** Options of `loadConfig`. */
export type LoadConfigOptions = ParseConfigOptions

/**
 * Reads `policy-config.yaml`, or several files laid over each other in the given order.
 *
 * @throws ConfigError with every problem at once.
 * @throws KeeptrustsError `file-not-found` or `file-unreadable`.
 * @example
 * const engine = createEngine(await loadConfig('policy-config.yaml'))
 */
export async function loadConfig(
  paths: string | readonly string[],
  options: LoadConfigOptions = {},
): Promise<Config> {
  const { sources, issues } = await readConfigSources([paths].flat())
  if (issues.length > 0) throw new ConfigError(issues)
  return parseConfig(sources, options)
}
