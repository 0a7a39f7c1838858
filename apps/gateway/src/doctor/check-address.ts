import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isForbiddenAddress } from '@keeptrusts/core'
import type { Party } from '../errors/party.ts'
import type { Verdict } from './finding.ts'
import { failed, ok } from './finding.ts'
import { within } from './within.ts'

/** An address of the configuration, and how messages name it. */
export interface Place {
  readonly url: URL
  /** As in `base_url of providers.targets[0] (policy-config.yaml:7)`. */
  readonly setting: string
  /** Host and port of the proxy in between, or `null`. */
  readonly proxy: string | null
  /** The same, for messages about TLS and proxies, with the certificates for it. */
  readonly party: Party
}

const lookupMs = 3000

/** Whether the host of a URL leads to an address that may be called (decision W5). */
export async function checkAddress({ url, setting, proxy }: Place): Promise<Verdict> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0) return judge(host, [host], setting)
  if (proxy !== null)
    return ok('address-proxied', `${host} is looked up by the proxy at ${proxy} (HTTPS_PROXY).`)
  try {
    const found = await within(lookupMs, lookup(host, { all: true }))
    return judge(
      host,
      found.map(({ address }) => address),
      setting,
    )
  } catch (error) {
    const unknown = error instanceof Error && 'code' in error && error.code === 'ENOTFOUND'
    return unknown
      ? failed(
          'name-not-found',
          `There is no host ${host}.`,
          `Correct ${setting}, or make the name known to this machine.`,
        )
      : failed(
          'name-lookup-failed',
          `The name server did not say where ${host} is.`,
          `Check the DNS settings and the network of this machine, then ${setting}.`,
        )
  }
}

function judge(host: string, addresses: readonly string[], setting: string): Verdict {
  if (addresses.some(isForbiddenAddress))
    return failed(
      'address-refused',
      `${host} leads to a link-local or metadata address, which the gateway never calls.`,
      `Correct ${setting}.`,
    )
  const shown = addresses.slice(0, 3).join(', ')
  return ok(
    'address-found',
    host === shown ? `${host} is an address that may be called.` : `${host} is ${shown}.`,
  )
}
