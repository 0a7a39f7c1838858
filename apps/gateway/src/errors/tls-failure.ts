import type { TlsFault } from '../transport/tls-codes.ts'
import { tlsFaultOf } from '../transport/tls-codes.ts'
import type { TransportError } from '../transport/transport-error.ts'
import type { Party } from './party.ts'
import { capitalName } from './party.ts'

interface Words {
  /** After the name of the server, or a sentence of its own. */
  readonly message: string
  readonly suggestion: string
}

const faults: Readonly<Record<TlsFault, (party: Party) => Words>> = {
  untrusted: ({ name, tls, tlsLine }) =>
    tls?.ca === undefined
      ? {
          message: `The certificate of ${name} comes from an authority that is not trusted here`,
          suggestion: `Write the PEM file of that authority as tls.ca_file of ${tlsLine} and restart the gateway.`,
        }
      : {
          message: `The certificate of ${name} does not come from the authorities in tls.ca_file`,
          suggestion: `Add the authority of that server to the file in tls.ca_file of ${tlsLine} and restart the gateway.`,
        },
  expired: ({ name }) => ({
    message: `The certificate of ${name}, or of its authority, has expired`,
    suggestion: "Renew it there, and check that this machine's clock is right.",
  }),
  not_yet_valid: ({ name }) => ({
    message: `The certificate of ${name} is not valid yet`,
    suggestion: "Check that this machine's clock is right.",
  }),
  other_name: ({ name, url, urlKey, line }) => ({
    message: `The certificate of ${name} is for other names than ${url.hostname}`,
    suggestion: `Use a name that the certificate has in ${urlKey} of ${line}, or have it issued for ${url.hostname}.`,
  }),
  client_certificate: (party) =>
    party.tls?.cert === undefined
      ? {
          message: `${capitalName(party)} ended the TLS handshake: it probably asks for a client certificate`,
          suggestion: `Add tls.cert_file and tls.key_file to ${party.tlsLine} and restart the gateway.`,
        }
      : {
          message: `${capitalName(party)} refused the client certificate`,
          suggestion: `Check with its operator that it accepts the certificate in tls.cert_file of ${party.tlsLine}, and that the file holds the intermediate certificates too.`,
        },
  not_tls: (party) => ({
    message: `${capitalName(party)} does not speak TLS at this port`,
    suggestion: `Write http:// in ${party.urlKey} of ${party.line}, or the port that has TLS.`,
  }),
  tls_expected: (party) => ({
    message: `${capitalName(party)} expects TLS at this port`,
    suggestion: `Write https:// in ${party.urlKey} of ${party.line}.`,
  }),
  other: ({ name, tlsLine }) => ({
    message: `TLS with ${name} failed`,
    suggestion: `Check the certificate and the TLS settings of that server, and tls of ${tlsLine}.`,
  }),
}

/** What a failed handshake means, with the code of Node or OpenSSL for those who look it up. */
export function tlsWords(party: Party, { systemCode }: TransportError): Words {
  const { message, suggestion } = faults[tlsFaultOf(systemCode ?? '')](party)
  const code = systemCode === null ? '' : ` (${systemCode})`
  return { message: `${message}${code}.`, suggestion }
}
