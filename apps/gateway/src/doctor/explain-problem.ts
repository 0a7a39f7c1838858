import { proxyWords } from '../errors/proxy-failure.ts'
import { tlsWords } from '../errors/tls-failure.ts'
import type { TlsFault } from '../transport/tls-codes.ts'
import { tlsFaultOf } from '../transport/tls-codes.ts'
import type { TransportError } from '../transport/transport-error.ts'
import type { Place } from './check-address.ts'
import type { Verdict } from './finding.ts'
import { failed } from './finding.ts'
import type { FindingCode } from './finding-codes.ts'

interface Explanation {
  /** Of `<problem> <sent|unsent> <code of the system>`. */
  readonly signs: RegExp
  readonly code: FindingCode
  readonly message: (host: string) => string
  readonly fix: (setting: string) => string
}

/** The first line that fits counts; what no line knows is simply unreachable. */
const explanations: readonly Explanation[] = [
  {
    signs: /refused_address/,
    code: 'address-refused',
    message: (host) =>
      `${host} leads to a link-local or metadata address, which the gateway never calls.`,
    fix: (setting) => `Correct ${setting}.`,
  },
  {
    signs: /ECONNREFUSED/,
    code: 'connection-refused',
    message: (host) => `Nothing listens at ${host}.`,
    fix: (setting) => `Start the server there, or correct ${setting}.`,
  },
  {
    signs: /ENOTFOUND|EAI_AGAIN/,
    code: 'name-not-found',
    message: (host) => `The host of ${host} is not known.`,
    fix: (setting) => `Correct ${setting}, or make the name known to this machine.`,
  },
  {
    signs: /E(?:NET|HOST)UNREACH/,
    code: 'no-route',
    message: (host) => `The network has no way to ${host}.`,
    fix: (setting) => `Check the network and the firewall of this machine, then ${setting}.`,
  },
  {
    signs: /connect_timeout|ETIMEDOUT|cancelled unsent/,
    code: 'connect-timeout',
    message: (host) => `${host} accepted no connection in time.`,
    fix: (setting) =>
      `Check the firewall between this machine and the server, that it runs, and ${setting}.`,
  },
  {
    signs: /first_byte_timeout|idle_timeout|cancelled sent/,
    code: 'no-answer',
    message: (host) => `${host} accepts connections and does not answer in time.`,
    fix: () => 'Look at the log and the load of the server.',
  },
  {
    signs: /reset/,
    code: 'connection-broken',
    message: (host) => `${host} closed the connection without an answer.`,
    fix: (setting) =>
      `Look at the log of the server; if it speaks TLS, write https:// in ${setting}.`,
  },
  {
    signs: /malformed/,
    code: 'not-http',
    message: (host) => `What answers at ${host} does not speak HTTP.`,
    fix: (setting) => `Check port and https:// or http:// in ${setting}.`,
  },
]

const unreachable: Omit<Explanation, 'signs'> = {
  code: 'unreachable',
  message: (host) => `${host} cannot be reached.`,
  fix: (setting) => `Check that the server runs, and ${setting}.`,
}

const tlsCodes: Readonly<Record<TlsFault, FindingCode>> = {
  untrusted: 'certificate-untrusted',
  expired: 'certificate-expired',
  not_yet_valid: 'certificate-expired',
  other_name: 'certificate-other-name',
  client_certificate: 'client-certificate',
  not_tls: 'tls-failed',
  tls_expected: 'tls-failed',
  other: 'tls-failed',
}

/** What a failed exchange with a server means, and what to do. */
export function explainProblem(error: TransportError, place: Place): Verdict {
  const { url, setting, proxy, party } = place
  if (error.problem === 'tls') {
    const { message, suggestion } = tlsWords(party, error)
    return failed(tlsCodes[tlsFaultOf(error.systemCode ?? '')], message, suggestion)
  }
  if (error.problem === 'proxy') {
    const { message, suggestion } = proxyWords(party, error)
    return failed('proxy-failed', message, suggestion)
  }
  const signs = `${error.problem} ${error.sent ? 'sent' : 'unsent'} ${error.systemCode ?? ''}`
  const { code, message, fix } =
    explanations.find((explanation) => explanation.signs.test(signs)) ?? unreachable
  const host = proxy === null ? url.host : `${url.host}, through the proxy at ${proxy},`
  return failed(code, message(host), fix(setting))
}
