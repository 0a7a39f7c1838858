import type { PolicyDefinition } from '../policies/policy.ts'
import { builtinPolicies } from '../policies/registry.ts'
import type { Config } from './config.ts'
import { ConfigError } from './config-error.ts'
import type { ConfigSource } from './config-source.ts'
import { lintConfig } from './lint-config.ts'

export interface ParseConfigOptions {
  /** The policy kinds that the chain may use; `builtinPolicies` unless given. */
  readonly policies?: readonly PolicyDefinition[]
}

/**
 * Reads a configuration from YAML text: one text, or several that are laid over each other in order. Reads no files
 * and no environment.
 *
 * @throws ConfigError with every problem at once, each with file, line, column and remedy.
 */
export function parseConfig(
  sources: string | readonly ConfigSource[],
  { policies = builtinPolicies }: ParseConfigOptions = {},
): Config {
  const { config, issues } = lintConfig(sources, { policies })
  if (config === null) throw new ConfigError(issues)
  return config
}
