import { CliError } from '../errors/cli-error.ts'

interface UnavailableFlags {
  readonly 'api-token'?: string | undefined
  readonly managed: boolean
}

/** Flags of the product that this version does not have are refused, never ignored (decision C7). Throws `CliError`. */
export function refuseUnavailable(flags: UnavailableFlags): void {
  const hosted = flags['api-token'] === undefined ? '--managed' : '--api-token'
  if (flags['api-token'] !== undefined || flags.managed) {
    throw new CliError({
      code: 'needs-control-plane',
      message: `${hosted} needs the hosted control plane.`,
      where: hosted === '--api-token' ? '--api-token, or KEEPTRUSTS_GATEWAY_TOKEN' : hosted,
    })
  }
}
