import type { Config } from '@keeptrusts/core'
import { KeeptrustsError } from '@keeptrusts/core'
import type { EgressProxy } from '../transport/egress-proxy.ts'
import { readEgressProxy } from '../transport/egress-proxy.ts'
import { callsHttps } from './calls-https.ts'

/**
 * The proxy of the environment; `null` without one. One that cannot be used counts as none while a configuration calls nothing over
 * https. Throws `KeeptrustsError` `proxy-invalid` when it does.
 */
export function egressProxyFor(
  config: Config,
  env: Readonly<Record<string, string | undefined>>,
): EgressProxy | null {
  try {
    return readEgressProxy(env)
  } catch (error) {
    if (callsHttps(config) || !KeeptrustsError.isInstance(error)) throw error
    return null
  }
}
