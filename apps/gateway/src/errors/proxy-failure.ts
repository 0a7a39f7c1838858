import type { TransportError } from '../transport/transport-error.ts'
import type { Party } from './party.ts'

interface Words {
  readonly message: string
  readonly suggestion: string
}

/** What it means that the proxy did not lead to a server; never with the proxy's credentials. */
export function proxyWords({ name, url }: Party, { proxy, systemCode }: TransportError): Words {
  const named = `The proxy of HTTPS_PROXY, ${proxy?.host ?? 'unknown'},`
  const around = `or add ${url.hostname} to NO_PROXY, and restart the gateway.`
  const status = proxy?.status ?? null
  if (status === null) {
    const isLate = systemCode === 'ETIMEDOUT' || systemCode === 'UND_ERR_CONNECT_TIMEOUT'
    const code = systemCode === null ? '' : ` (${systemCode})`
    return {
      message: `${named} ${isLate ? 'did not answer in time' : `cannot be reached${code}`}.`,
      suggestion: `Check that the proxy is running and that HTTPS_PROXY is right, ${around}`,
    }
  }
  if (status === 407)
    return {
      message: `${named} asks for a user name and password, or refuses those it got (status 407).`,
      suggestion: `Write them into HTTPS_PROXY, as in http://user:password@${proxy?.host ?? 'host:port'}, ${around}`,
    }
  return {
    message: `${named} refused to connect to ${name} at ${url.host} (status ${status}).`,
    suggestion:
      status >= 500
        ? `Check that the proxy can reach ${url.host}, ${around}`
        : `Have ${url.host} allowed at the proxy, ${around}`,
  }
}
