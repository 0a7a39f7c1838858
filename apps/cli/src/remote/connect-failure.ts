import { connect } from 'node:tls'
import type { RemoteGateway } from '../auth/profiles.ts'
import { CliError } from '../errors/cli-error.ts'

type SystemError = Error & { readonly code?: string }

/** What is wrong with a certificate, by the names that Node (OpenSSL) gives. */
const distrust: Readonly<Record<string, string>> = {
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'is signed by an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT: 'is signed by an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'is signed by an authority that is not trusted here',
  SELF_SIGNED_CERT_IN_CHAIN: 'is signed by an authority that is not trusted here',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'is signed by itself',
  CERT_HAS_EXPIRED: 'has expired',
  CERT_NOT_YET_VALID: 'is not valid yet: check the clocks',
  CERT_SIGNATURE_FAILURE: 'is signed by an authority that is not trusted here',
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another name',
}

const network: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no machine has this name',
  EAI_AGAIN: 'the name cannot be looked up now',
  ECONNRESET: 'the connection was cut off',
  EPIPE: 'the connection was cut off',
  ETIMEDOUT: 'no answer',
  EHOSTUNREACH: 'there is no way to this machine',
  ENETUNREACH: 'there is no way to this network',
  EPROTO: 'it does not speak TLS there',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS there',
}

/** Why a gateway elsewhere gave no answer, for people. Our own errors, and the end that the user asked for, stay as they are. */
export async function connectFailure(error: unknown, gateway: RemoteGateway): Promise<Error> {
  if (!(error instanceof Error)) return new Error(String(error))
  if (error instanceof CliError || error.name === 'AbortError') return error
  const { code = '', message } = error as SystemError
  const problem = distrust[code]
  if (problem !== undefined) return untrusted(gateway, problem)
  const why = network[code] ?? (code || message)
  return new CliError({
    code: 'gateway-unreachable',
    message: `The gateway at ${gateway.url} cannot be reached: ${why}.`,
    suggestion:
      'Check the address, that the gateway runs and listens there (kt gateway run --listen), and firewalls in between.',
  })
}

/** Why an https server that is no gateway could not be talked to, by the code of the system; `null` for a code that is not known. */
export function connectProblem(code: string): string | null {
  const problem = distrust[code]
  return problem === undefined ? (network[code] ?? null) : `its certificate ${problem}`
}

async function untrusted(gateway: RemoteGateway, problem: string): Promise<CliError> {
  const fingerprint = await fingerprintOf(new URL(gateway.url))
  const shown = fingerprint === null ? '' : ` Its SHA-256 fingerprint is ${fingerprint}.`
  return new CliError({
    code: 'tls-not-trusted',
    message: `The certificate of ${gateway.url} ${problem}.${shown}`,
    suggestion:
      'If the fingerprint is the one of your gateway, give the certificate of its authority: kt auth login --ca-file FILE, or NODE_EXTRA_CA_CERTS.',
  })
}

/** How long the look at a certificate may take, milliseconds. */
const lookMs = 5000

/**
 * Looks at a certificate that was refused, to say which one it is. The connection carries nothing and ends with the handshake: nothing is
 * sent to, or taken from, who could not show a trusted certificate.
 */
function fingerprintOf({ hostname, port }: URL): Promise<string | null> {
  return new Promise((resolve) => {
    const host = hostname.replace(/^\[|\]$/g, '')
    const socket = connect({ host, port: Number(port || 443), rejectUnauthorized: false })
    const end = (fingerprint: string | null): void => {
      socket.destroy()
      resolve(fingerprint)
    }
    socket.setTimeout(lookMs, () => end(null))
    socket.once('error', () => end(null))
    socket.once('secureConnect', () => end(socket.getPeerCertificate().fingerprint256 ?? null))
  })
}
