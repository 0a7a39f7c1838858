import { existsSync } from 'node:fs'
import type { LintResult } from '@keeptrusts/core'
import { CliError } from '../errors/cli-error.ts'
import { policiesOf } from '../plugins/load-plugins.ts'

interface ConfigFlags {
  readonly config?: readonly string[] | undefined
  readonly target?: string | undefined
  readonly plugin?: readonly string[] | undefined
}

/** The files of a configuration, and what they hold or what is wrong with them. */
export interface DoctorConfig {
  readonly files: readonly string[]
  readonly result: LintResult
}

const defaultFile = 'policy-config.yaml'

/** Reads the configuration as `kt policy lint` does. Throws `CliError` for a file that is missing and a target that is not in it. */
export async function readDoctorConfig(flags: ConfigFlags): Promise<DoctorConfig> {
  const files = flags.config ?? [defaultFile]
  if (flags.config === undefined && !existsSync(defaultFile))
    throw new CliError({
      code: 'file-not-found',
      message: `There is no ${defaultFile} in this folder.`,
      suggestion: 'Go to the folder that has one, or name it: kt doctor --config <path>',
    })
  const { lintConfigFiles } = await import('@keeptrusts/core/node')
  const result = await lintConfigFiles(files, { policies: await policiesOf(flags.plugin) })
  const ids = result.config?.targets.map(({ id }) => id) ?? []
  if (result.config && flags.target !== undefined && !ids.includes(flags.target))
    throw new CliError({
      code: 'bad-flag',
      message: `There is no target "${flags.target}" in the configuration.`,
      where: '--target',
      suggestion: `Targets there: ${ids.join(', ') || 'none'}.`,
    })
  return { files, result }
}
