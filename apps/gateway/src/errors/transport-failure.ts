import type { TransportError } from '../transport/transport-error.ts'
import type { GatewayCode } from './gateway-error.ts'
import { GatewayError } from './gateway-error.ts'
import type { Party } from './party.ts'
import { capitalName } from './party.ts'
import { proxyWords } from './proxy-failure.ts'
import { tlsWords } from './tls-failure.ts'

/** What happened and how to fix it; the fix of the code when there is none. */
interface Words {
  readonly message: string
  readonly suggestion?: string
}

type Explain = (party: Party, error: TransportError) => Words

const checkAddress = ({ urlKey, line }: Party): string =>
  `Check that the server is running, and ${urlKey} of ${line}.`

const raise = ({ hasOwnLimits, line }: Party, key: string): string =>
  hasOwnLimits ? `Try again, or raise timeouts.${key} of ${line}.` : 'Try again in a moment.'

const explanations: Readonly<
  Record<TransportError['problem'], readonly [code: GatewayCode, explain: Explain]>
> = {
  unreachable: [
    'upstream_unreachable',
    (party) => ({
      message: `${capitalName(party)} cannot be reached.`,
      suggestion: checkAddress(party),
    }),
  ],
  refused_address: [
    'upstream_unreachable',
    ({ name, urlKey, line }) => ({
      message: `The host of ${name} leads to a link-local or metadata address.`,
      suggestion: `Correct ${urlKey} of ${line}.`,
    }),
  ],
  tls: ['upstream_unreachable', tlsWords],
  proxy: ['upstream_unreachable', proxyWords],
  connect_timeout: [
    'upstream_timeout',
    (party) => ({
      message: `${capitalName(party)} did not accept a connection in time.`,
      suggestion: checkAddress(party),
    }),
  ],
  first_byte_timeout: [
    'upstream_timeout',
    (party) => ({
      message: `${capitalName(party)} did not begin to answer in time.`,
      suggestion: raise(party, 'first_byte_ms'),
    }),
  ],
  idle_timeout: [
    'upstream_timeout',
    (party) => ({
      message: `${capitalName(party)} stopped in the middle of its answer.`,
      suggestion: raise(party, 'idle_ms'),
    }),
  ],
  reset: ['upstream_unreachable', broken],
  malformed: [
    'upstream_invalid_response',
    (party) => ({
      message: `${capitalName(party)} answered with something that is not HTTP as expected.`,
    }),
  ],
  too_large: [
    'upstream_invalid_response',
    ({ name, hasOwnLimits, urlKey, line }) =>
      hasOwnLimits
        ? {
            message: `The answer of ${name} is larger than size_limits.max_response_bytes.`,
            suggestion: 'Ask for a shorter answer, or raise the limit.',
          }
        : {
            message: `The answer of ${name} is too large to be what was asked for.`,
            suggestion: `Check ${urlKey} of ${line}.`,
          },
  ],
  cancelled: ['shutting_down', () => ({ message: 'The call was ended before its answer.' })],
}

/** What a failed exchange means for the client, with the line of the configuration to look at. */
export function transportFailure(error: TransportError, party: Party | undefined): GatewayError {
  const [code, explain] = explanations[error.problem]
  return new GatewayError(code, { ...(party && explain(party, error)), cause: error })
}

/** A server that expects TLS often closes a plain connection without a word. */
function broken(party: Party): Words {
  const { url, urlKey, line } = party
  const hint =
    url.protocol === 'http:'
      ? ` If the server expects TLS, write https:// in ${urlKey} of ${line}.`
      : ''
  return {
    message: `${capitalName(party)} broke the connection.`,
    suggestion: `Look at the log of the server, then send the call again.${hint}`,
  }
}
