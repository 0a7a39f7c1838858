import type { TargetRuntime } from '../providers/target-runtime.ts'
import { configLine } from '../providers/target-runtime.ts'
import type { TransportError } from '../transport/transport-error.ts'
import type { GatewayCode } from './gateway-error.ts'
import { GatewayError } from './gateway-error.ts'

interface Explanation {
  readonly code: GatewayCode
  readonly message: (target: string) => string
  readonly suggestion?: (line: string) => string
}

const checkAddress = (line: string): string =>
  `Check that the model server is running, and base_url of ${line}.`

const unreachable: Explanation = {
  code: 'upstream_unreachable',
  message: (target) => `The model server of ${target} cannot be reached.`,
  suggestion: checkAddress,
}

const explanations: Readonly<Record<TransportError['problem'], Explanation>> = {
  unreachable,
  refused_address: {
    code: 'upstream_unreachable',
    message: (target) => `The host of ${target} leads to a link-local or metadata address.`,
    suggestion: (line) => `Correct base_url of ${line}.`,
  },
  connect_timeout: {
    code: 'upstream_timeout',
    message: (target) => `The model server of ${target} did not accept a connection in time.`,
    suggestion: checkAddress,
  },
  first_byte_timeout: {
    code: 'upstream_timeout',
    message: (target) => `The model server of ${target} did not begin to answer in time.`,
    suggestion: (line) => `Try again, or raise timeouts.first_byte_ms of ${line}.`,
  },
  idle_timeout: {
    code: 'upstream_timeout',
    message: (target) => `The model server of ${target} stopped in the middle of its answer.`,
    suggestion: (line) => `Try again, or raise timeouts.idle_ms of ${line}.`,
  },
  reset: {
    code: 'upstream_unreachable',
    message: (target) => `The model server of ${target} broke the connection.`,
    suggestion: () => 'Look at the log of the model server, then send the call again.',
  },
  malformed: {
    code: 'upstream_invalid_response',
    message: (target) =>
      `The server of ${target} answered with something that is not HTTP as expected.`,
  },
  too_large: {
    code: 'upstream_invalid_response',
    message: (target) => `The answer of ${target} is larger than size_limits.max_response_bytes.`,
    suggestion: () => 'Ask for a shorter answer, or raise the limit.',
  },
  cancelled: { code: 'shutting_down', message: () => 'The call was ended before its answer.' },
}

/** What a failed exchange means for the client, with the line of the configuration to look at. */
export function transportFailure(
  error: TransportError,
  target: TargetRuntime | undefined,
): GatewayError {
  const { code, message, suggestion } = explanations[error.problem]
  const fix = target && suggestion?.(configLine(target))
  return new GatewayError(code, {
    message: message(target ? `target "${target.id}"` : 'the target'),
    ...(fix && { suggestion: fix }),
    cause: error,
  })
}
