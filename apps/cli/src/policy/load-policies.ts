import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '@keeptrusts/core'
import { CliError } from '../errors/cli-error.ts'
import { policiesOf } from '../plugins/load-plugins.ts'

const defaultFile = 'policy-config.yaml'

/** The configuration whose policies are tried; it needs no model server. Throws `ConfigError`, and `CliError` for a file that is missing. */
export async function loadPolicies(
  files: readonly string[] | undefined,
  plugins: readonly string[] | undefined,
  folder = '.',
): Promise<Config> {
  const path = join(folder, defaultFile)
  if (files === undefined && !existsSync(path))
    throw new CliError({
      code: 'file-not-found',
      message: `There is no ${defaultFile} in ${folder === '.' ? 'this folder' : folder}.`,
      suggestion:
        'Go to the folder that has one, name it with --policy-config <path>, or write one: kt init',
    })
  const { loadConfig } = await import('@keeptrusts/core/node')
  return loadConfig(files ?? [path], { policies: await policiesOf(plugins) })
}
