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

const trust = (setting: string): string =>
  `Name the authority's certificate in tls: {ca_file: …} beside ${setting}, or in NODE_EXTRA_CA_CERTS.`

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
    signs: /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/,
    code: 'certificate-expired',
    message: (host) => `The certificate of ${host} has expired or is not valid yet.`,
    fix: () => 'Renew it on the server, and check the clock of this machine.',
  },
  {
    signs: /ALTNAME/,
    code: 'certificate-other-name',
    message: (host) => `The certificate of ${host} is for another host name.`,
    fix: (setting) => `Write the name that the certificate is for into ${setting}.`,
  },
  {
    signs: /SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)/,
    code: 'certificate-untrusted',
    message: (host) =>
      `The certificate of ${host} was made by an authority that is not known here.`,
    fix: trust,
  },
  {
    signs: /^tls|EPROTO|ERR_SSL|ERR_TLS|WRONG_VERSION_NUMBER/,
    code: 'tls-failed',
    message: (host) => `No TLS connection to ${host} came about.`,
    fix: (setting) =>
      `If the server speaks plain HTTP, write http:// in ${setting}; else check its TLS settings.`,
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

/** What a failed exchange with a server means, and what to do. */
export function explainProblem(error: TransportError, { url, setting, proxy }: Place): Verdict {
  const signs = `${error.problem} ${error.sent ? 'sent' : 'unsent'} ${error.systemCode ?? ''}`
  const { code, message, fix } =
    explanations.find((explanation) => explanation.signs.test(signs)) ?? unreachable
  const host = proxy === null ? url.host : `${url.host}, through the proxy at ${proxy},`
  return failed(code, message(host), fix(setting))
}
