import type { ServerSighting } from '../providers/mlflow/probe-server.ts'
import { lookAtServer } from '../providers/mlflow/probe-server.ts'
import type { Transport } from '../transport/transport.ts'
import type { Place } from './check-address.ts'
import { explainProblem } from './explain-problem.ts'
import type { Verdict } from './finding.ts'
import { failed, ok, warning } from './finding.ts'

/** What a server showed without credentials, and whether it can be asked more. */
export interface Reached {
  readonly sighting: ServerSighting
  readonly verdict: Verdict
  readonly answers: boolean
}

/** Asks a server which one it is (decision W3), and tells why when it does not answer. */
export async function checkReachable(place: Place, transport: Transport): Promise<Reached> {
  const started = performance.now()
  const sighting = await lookAtServer({ origin: place.url.origin, tls: place.party.tls }, transport)
  const ms = Math.round(performance.now() - started)
  if (sighting.kind !== 'unreachable') {
    const through = place.proxy === null ? '' : ` through the proxy at ${place.proxy}`
    const verdict = ok('reachable', `${place.url.host} answers${through} (${ms} ms).`)
    return { sighting, verdict, answers: true }
  }
  const verdict = sighting.failure
    ? explainProblem(sighting.failure, place)
    : failed('unreachable', `${place.url.host} cannot be reached.`, `Check ${place.setting}.`)
  if (verdict.code !== 'no-answer') return { sighting, verdict, answers: false }
  // A server that is busy with a model may still take calls.
  const message = `${place.url.host} accepts connections, but gave no answer to /health in time.`
  const slow = warning('no-answer', message, 'Look at the log and the load of the server.')
  return { sighting, verdict: slow, answers: true }
}
