import { existsSync } from 'node:fs'
import type { Config } from '@keeptrusts/core'
import { CliError } from '../errors/cli-error.ts'
import { policiesOf } from '../plugins/load-plugins.ts'

const defaultFile = 'policy-config.yaml'

/** The configuration whose policies are tried; it needs no model server. Throws `ConfigError`, and `CliError` for a file that is missing. */
export async function loadPolicies(
  files: readonly string[] | undefined,
  plugins: readonly string[] | undefined,
): Promise<Config> {
  if (files === undefined && !existsSync(defaultFile))
    throw new CliError({
      code: 'file-not-found',
      message: `There is no ${defaultFile} in this folder.`,
      suggestion:
        'Go to the folder that has one, or name it: kt policy explain --policy-config <path>',
    })
  const { loadConfig } = await import('@keeptrusts/core/node')
  return loadConfig(files ?? [defaultFile], { policies: await policiesOf(plugins) })
}
