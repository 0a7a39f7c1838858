import { CliError } from '../errors/cli-error.ts'

interface UnavailableFlags {
  readonly 'tls-cert'?: string | undefined
  readonly 'tls-key'?: string | undefined
  readonly 'api-token'?: string | undefined
  readonly managed: boolean
}

/** Flags of the product that this version does not have are refused, never ignored (decision C7). Throws `CliError`. */
export function refuseUnavailable(flags: UnavailableFlags): void {
  const tls = flags['tls-cert'] === undefined ? '--tls-key' : '--tls-cert'
  if (flags['tls-cert'] !== undefined || flags['tls-key'] !== undefined) {
    throw new CliError({
      code: 'E011',
      message: `${tls} is known, not available in this version.`,
      where: tls,
      suggestion: 'Leave it out and put a proxy that speaks TLS in front of the gateway.',
      exit: 2,
    })
  }
  const hosted = flags['api-token'] === undefined ? '--managed' : '--api-token'
  if (flags['api-token'] !== undefined || flags.managed) {
    throw new CliError({
      code: 'needs-control-plane',
      message: `${hosted} needs the hosted control plane.`,
      where: hosted === '--api-token' ? '--api-token, or KEEPTRUSTS_GATEWAY_TOKEN' : hosted,
    })
  }
}
