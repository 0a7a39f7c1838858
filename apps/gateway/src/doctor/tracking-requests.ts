import type { MlflowCallback } from '@keeptrusts/core'
import type { TrackingCredentials } from '../callbacks/mlflow/tracking-credentials.ts'
import { toGatewayError } from '../errors/to-gateway-error.ts'
import type { UpstreamError } from '../providers/upstream-error.ts'
import { readUpstreamError } from '../providers/upstream-error.ts'
import { gatherBody } from '../transport/gather-body.ts'
import type { Transport } from '../transport/transport.ts'
import { TransportError } from '../transport/transport-error.ts'
import type { Place } from './check-address.ts'
import type { Deadline } from './deadline.ts'
import { explainProblem } from './explain-problem.ts'
import type { Verdict } from './finding.ts'
import { failed, ok, warning } from './finding.ts'

/** What the questions to a tracking server need. */
export interface Asking {
  readonly callback: MlflowCallback
  readonly place: Place
  readonly signIn: TrackingCredentials
  readonly transport: Transport
  readonly deadline: Deadline
}

interface Answer {
  readonly status: number
  readonly error: UpstreamError
  readonly text: string
}

/** Asks for the experiment by its name: shows whether host name and credentials are taken. Makes nothing. */
export async function askExperiment(
  asking: Asking,
): Promise<{ readonly tracking: Verdict; readonly experiment: Verdict | null }> {
  const name = asking.callback.experiment
  const query = `experiment_name=${encodeURIComponent(name)}`
  const answer = await send(asking, {
    method: 'GET',
    path: `/api/2.0/mlflow/experiments/get-by-name?${query}`,
  })
  if ('fix' in answer) return { tracking: answer, experiment: null }
  const { status, error } = answer
  const good = status === 200 || error.code === 'RESOURCE_DOES_NOT_EXIST'
  if (!good) return { tracking: refusal(answer, asking), experiment: null }
  const tracking = ok('tracking-server-right', 'The tracking server takes these credentials.')
  if (status !== 200) {
    const message = `The experiment "${name}" is not there; the first report makes it.`
    return { tracking, experiment: ok('experiment-will-be-made', message) }
  }
  const deleted = /"lifecycle_stage"\s*:\s*"deleted"/.test(answer.text)
  const experiment = deleted
    ? failed(
        'experiment-deleted',
        `The experiment "${name}" was deleted: nothing can be written to it.`,
        'Restore it (mlflow experiments restore), or name another one in experiment of the callback.',
      )
    : ok('experiment-found', `The experiment "${name}" is there.`)
  return { tracking, experiment }
}

/** Posts nothing to the place for traces, which is refused where traces are taken. */
export async function askTraces(asking: Asking): Promise<Verdict> {
  const answer = await send(asking, { method: 'POST', path: '/v1/traces' })
  if ('fix' in answer) return answer
  if ([400, 415, 422].includes(answer.status))
    return ok('traces-taken', 'The tracking server takes traces.')
  return warning(
    'no-traces',
    `The tracking server takes no traces (status ${answer.status}): counts are written, traces are not.`,
    'Use MLflow 3.6 or later with a database as its store, or set traces: false in the callback.',
  )
}

function refusal({ status, error }: Answer, { place, signIn }: Asking): Verdict {
  const { host } = place.url
  if (error.hostRefused)
    return failed(
      'host-refused',
      `The MLflow server refuses calls that name it ${host}, though its /health is green.`,
      `Start it with --allowed-hosts ${host}, or write its address into ${place.setting}.`,
    )
  if (status === 401 || status === 403)
    return failed(
      'token-refused',
      signIn.configured
        ? `The tracking server refused the credentials in ${signIn.variables} (status ${status}).`
        : `The tracking server wants credentials (status ${status}) and none are configured.`,
      `Set ${signIn.variables} to what the server takes and restart the gateway.`,
    )
  return failed(
    'not-a-tracking-server',
    `What answers does not know MLflow's experiments (status ${status}).`,
    `Write the address of mlflow server, without a path of its API, into ${place.setting}.`,
  )
}

const stepMs = 4000

async function send(
  { place, signIn, transport, deadline }: Asking,
  { method, path }: { readonly method: 'GET' | 'POST'; readonly path: string },
): Promise<Answer | Verdict> {
  try {
    return await deadline.step(stepMs, async (cancellation) => {
      const header = await signIn.credentials.header(cancellation)
      const response = await transport.send({
        method,
        url: new URL(place.url.href.replace(/\/+$/, '') + path),
        headers: {
          accept: 'application/json',
          'accept-encoding': 'identity',
          'user-agent': 'keeptrusts-gateway',
          ...(method === 'POST' && { 'content-type': 'application/x-protobuf' }),
          ...(header && { [header[0]]: header[1] }),
        },
        body: method === 'POST' ? '' : null,
        tls: place.party.tls,
        timeouts: { connect_ms: stepMs, first_byte_ms: stepMs, idle_ms: stepMs },
        maxBodyBytes: 256 * 1024,
        cancellation,
      })
      const bytes = await gatherBody(response.body)
      return { status: response.status, error: readUpstreamError(bytes), text: bytes.toString() }
    })
  } catch (error) {
    if (error instanceof TransportError) return explainProblem(error, place)
    const { message, suggestion } = toGatewayError(error)
    return failed('token-not-fetched', message, suggestion ?? '')
  }
}
