import { existsSync } from 'node:fs'
import type { Config } from '@keeptrusts/core'
import { CliError } from '../errors/cli-error.ts'
import { policiesOf } from '../plugins/load-plugins.ts'
import type { UpstreamFlags } from './override-upstream.ts'
import { overrideUpstream } from './override-upstream.ts'

export interface ConfigFlags extends UpstreamFlags {
  readonly 'policy-config'?: readonly string[] | undefined
  readonly plugin?: readonly string[] | undefined
}

const DEFAULT_FILE = 'policy-config.yaml'

/** The files that a gateway's configuration is read from, in layering order. */
export function configFiles(flags: ConfigFlags): readonly string[] {
  return flags['policy-config'] ?? [DEFAULT_FILE]
}

/**
 * The configuration a gateway runs with: the files, with `--upstream` over them. Throws `ConfigError` with all problems, and
 * `CliError` for a file that is missing, a plug-in that cannot be used, a pack that is switched off, and a configuration that nothing can be forwarded by.
 */
export async function gatewayConfig(flags: ConfigFlags): Promise<Config> {
  const files = configFiles(flags)
  if (flags['policy-config'] === undefined && !existsSync(DEFAULT_FILE)) throw noFile()
  const { loadConfig } = await import('@keeptrusts/core/node')
  const config = await loadConfig(files, { policies: await policiesOf(flags.plugin) })
  const where = files.join(', ')
  if (!config.pack.enabled) throw switchedOff(config, where)
  if (config.targets.length === 0) throw noTarget(where)
  return overrideUpstream(config, flags)
}

function noFile(): CliError {
  return new CliError({
    code: 'file-not-found',
    message: `There is no ${DEFAULT_FILE} in this folder.`,
    suggestion: 'Go to the folder that has one, or name it: kt gateway run --policy-config <path>',
  })
}

function switchedOff(config: Config, where: string): CliError {
  return new CliError({
    code: 'config-invalid',
    message: `The pack ${config.pack.name} is switched off: pack.enabled is false.`,
    where,
    suggestion:
      'Set pack.enabled: true to enforce it. A gateway that enforces nothing does not start.',
  })
}

function noTarget(where: string): CliError {
  return new CliError({
    code: 'config-invalid',
    message: 'There is no model server to forward calls to: providers.targets is empty.',
    where,
    suggestion:
      'Add one, as in providers: {targets: [{id: my-model, provider: "openai:chat:my-model", base_url: "http://localhost:5000/v1"}]}',
  })
}
