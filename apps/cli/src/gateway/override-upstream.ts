import type { Config, ConfigError, Target } from '@keeptrusts/core'
import { CliError } from '../errors/cli-error.ts'

export interface UpstreamFlags {
  readonly upstream?: string | undefined
  readonly 'upstream-api-key'?: string | undefined
  readonly 'upstream-api-key-header'?: string | undefined
  readonly 'upstream-api-key-prefix'?: string | undefined
}

/** The variable that the one target's secret is read from; the key itself never enters the configuration. */
export const UPSTREAM_KEY_VARIABLE = 'KEEPTRUSTS_UPSTREAM_API_KEY'

const KEY_FLAGS = [
  'upstream-api-key',
  'upstream-api-key-header',
  'upstream-api-key-prefix',
] as const

/**
 * `--upstream` as a one-target override (decision C7): the first target at another address, and no others. The secret of
 * the file is for the file's address, so it is left out. Without `--upstream` the configuration stays as it is.
 * Throws `CliError` (`bad-flag`) for a URL that a file could not hold either, and for a key without a URL.
 */
export async function overrideUpstream(config: Config, flags: UpstreamFlags): Promise<Config> {
  const [target] = config.targets
  if (flags.upstream === undefined || target === undefined) {
    refuseKeyAlone(flags)
    return config
  }
  const { ConfigError: Invalid, parseConfig } = await import('@keeptrusts/core')
  // The canonical form loads as a configuration: the override passes every check of a file, and gets a hash of its own.
  const document = JSON.parse(config.canonical)
  document.providers.targets = [overridden(document.providers.targets[0], flags)]
  try {
    const text = JSON.stringify(document)
    const parsed = parseConfig([{ file: '--upstream', text }])
    const targets = parsed.targets.map(
      (changed): Target => ({
        ...changed,
        position: target.position,
      }),
    )
    return { ...parsed, files: [...config.files, '--upstream'], targets, warnings: config.warnings }
  } catch (error) {
    throw error instanceof Invalid ? badUpstream(error) : error
  }
}

function overridden(target: Record<string, unknown>, flags: UpstreamFlags): object {
  const { secret_key_ref: _, ...rest } = target
  const header = flags['upstream-api-key-header']
  const prefix = flags['upstream-api-key-prefix']
  return {
    ...rest,
    base_url: flags.upstream,
    ...(flags['upstream-api-key'] ? { secret_key_ref: { env: UPSTREAM_KEY_VARIABLE } } : {}),
    ...(header === undefined ? {} : { api_key_header: header }),
    ...(prefix === undefined ? {} : { api_key_prefix: prefix }),
  }
}

function refuseKeyAlone(flags: UpstreamFlags): void {
  const alone = KEY_FLAGS.find((flag) => flags[flag] !== undefined)
  if (alone === undefined) return
  const variable = `KEEPTRUSTS_${alone.toUpperCase().replaceAll('-', '_')}`
  throw new CliError({
    code: 'bad-flag',
    message: `--${alone} works together with --upstream only.`,
    where: `--${alone}, or ${variable}`,
    suggestion: 'Give --upstream <url> too, or leave the key to secret_key_ref of the target.',
  })
}

function badUpstream({ issues, message }: ConfigError): CliError {
  const [issue] = issues
  return new CliError({
    code: 'bad-flag',
    message: issue?.message ?? message,
    where: '--upstream',
    ...(issue?.suggestion === undefined ? {} : { suggestion: issue.suggestion }),
  })
}
