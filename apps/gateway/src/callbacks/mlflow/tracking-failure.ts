import type { Failure } from '../delivery-loop.ts'
import type { TrackingProblem } from './tracking-error.ts'
import { TrackingError } from './tracking-error.ts'

const soon = { state: 'retrying', hurry: 'soon', worthAnother: true } as const
const slowly = { state: 'retrying', hurry: 'slowly', worthAnother: false } as const
const off = { state: 'off', hurry: 'slowly', worthAnother: false } as const

const failures: Readonly<Record<TrackingProblem, Omit<Failure, 'askedMs'>>> = {
  away: soon,
  busy: soon,
  gone: soon,
  signed_out: slowly,
  host: slowly,
  no_token: soon,
  untrusted: slowly,
  proxy: slowly,
  deleted: off,
  absent: off,
  refused: off,
}

/** How a failed delivery is repeated. */
export function trackingFailure(error: unknown): Failure {
  if (!(error instanceof TrackingError)) return { ...slowly, askedMs: 0 }
  const failure = { ...failures[error.problem], askedMs: error.askedMs }
  // Nothing listens there: at a stop nobody waits for that to change.
  return error.problem === 'away' && !error.sent ? { ...failure, worthAnother: false } : failure
}

interface Subject {
  /** Host and port of the tracking server. */
  readonly server: string
  readonly experiment: string
  /** Names of the variables that hold the credentials. */
  readonly variables: string
}

/** What an operator is told about a failure, with what to do. */
export function explainFailure(error: unknown, { server, experiment, variables }: Subject): string {
  if (!(error instanceof TrackingError)) return 'Reporting failed; it is tried again.'
  const sentences: Readonly<Record<TrackingProblem, string>> = {
    away: `The tracking server ${server} does not answer; counts are kept and reported when it does.`,
    busy: `The tracking server ${server} cannot take reports now; counts are kept and reported when it can.`,
    gone: `The tracking server ${server} does not know the run or the experiment any more; the counts go on in a new run.`,
    signed_out: `The tracking server ${server} refuses the credentials. Set ${variables} and restart the gateway.`,
    host: `The tracking server ${server} refuses its own host name. Start it with --allowed-hosts ${server}.`,
    no_token: `No token can be had for the tracking server ${server}; counts are kept and reported when one can. Check token_url in callbacks.`,
    untrusted: `The certificate of the tracking server ${server} is not trusted, or it asks for one of ours. Set tls.ca_file, or tls.cert_file and tls.key_file, in callbacks.`,
    proxy: `The proxy of HTTPS_PROXY does not let requests through to the tracking server ${server}. Correct HTTPS_PROXY, or add the host to NO_PROXY.`,
    deleted: `The experiment "${experiment}" is deleted on ${server}. Restore it, or name another one in callbacks.`,
    absent: `No MLflow tracking server answers at ${server}. Correct tracking_uri in callbacks.`,
    refused: `The tracking server ${server} refused a report. Its own log says why.`,
  }
  return sentences[error.problem]
}
