import type { Config } from '@keeptrusts/core'
import { CliError } from '../errors/cli-error.ts'
import type { ConfigFlags } from './gateway-config.ts'
import { configFiles, gatewayConfig } from './gateway-config.ts'

/**
 * Reads the configuration as at the start, for a gateway that is already running. What `kt` would end a start with becomes a
 * `KeeptrustsError` of the same code, which the gateway can hand on to whoever asked.
 */
export async function reloadedConfig(flags: ConfigFlags): Promise<Config> {
  try {
    return await gatewayConfig(flags)
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    const { KeeptrustsError } = await import('@keeptrusts/core')
    const { code, message, where, suggestion } = error
    throw new KeeptrustsError({
      code,
      message: where === undefined ? message : `${where}: ${message}`,
      ...(suggestion !== undefined && { suggestion }),
      cause: error,
    })
  }
}

/** The files whose change begins a reload; none with `--no-watch`. */
export function watchedFiles(flags: ConfigFlags & { readonly watch: boolean }): readonly string[] {
  return flags.watch ? configFiles(flags) : []
}
