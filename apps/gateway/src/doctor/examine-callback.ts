import type { MlflowCallback } from '@keeptrusts/core'
import type { TrackingCredentials } from '../callbacks/mlflow/tracking-credentials.ts'
import { trackingCredentials } from '../callbacks/mlflow/tracking-credentials.ts'
import type { ConfigPlace } from '../providers/config-place.ts'
import { placeText } from '../providers/config-place.ts'
import type { LoadedTls } from '../providers/credentials/load-tls.ts'
import { loadTls } from '../providers/credentials/load-tls.ts'
import type { EgressProxy } from '../transport/egress-proxy.ts'
import type { Transport } from '../transport/transport.ts'
import type { Place } from './check-address.ts'
import { checkAddress } from './check-address.ts'
import { checkReachable } from './check-reachable.ts'
import { nameOfKind } from './check-server.ts'
import { Deadline } from './deadline.ts'
import type { Finding, Verdict } from './finding.ts'
import { about, failed, skipped } from './finding.ts'
import { proxyFor } from './proxy-for.ts'
import { askExperiment, askTraces } from './tracking-requests.ts'
import { unusableSetting } from './unusable-setting.ts'

interface CallbackDeps {
  readonly transport: Transport
  readonly proxy: EgressProxy | null
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly env: Readonly<Record<string, string | undefined>>
}

/** A callback of the configuration. */
interface Numbered {
  readonly callback: MlflowCallback
  readonly index: number
}

/** Why MLflow's UI may show nothing of the gateway. Without a callback that is how it is meant to be. */
export async function examineCallbacks(
  callbacks: readonly MlflowCallback[],
  deps: CallbackDeps,
): Promise<readonly Finding[]> {
  if (callbacks.length === 0) return [about('callbacks', 'tracking', notLoggingBack())]
  const all = callbacks.map((callback, index) => examineCallback({ callback, index }, deps))
  return (await Promise.all(all)).flat()
}

function notLoggingBack(): Verdict {
  return skipped(
    'not-logging-back',
    "No tracking server is told what was decided: MLflow's UI shows no governance data.",
    'To have it there, add callbacks: [{type: mlflow, tracking_uri: "http://<host>:5000"}] to the configuration.',
  )
}

const budgetMs = 10_000

async function examineCallback(
  { callback, index }: Numbered,
  { transport, env, proxy, now }: CallbackDeps,
): Promise<readonly Finding[]> {
  const subject = `callbacks[${index}]`
  const url = new URL(callback.tracking_uri)
  const at = { path: subject, position: callback.position }
  const files = readFiles(callback, at)
  if ('fix' in files) return [about(subject, 'certificate', files)]
  const { material: tls } = files
  const line = placeText(at)
  const place: Place = {
    url,
    setting: `tracking_uri of ${line}`,
    proxy: proxyFor(url, proxy),
    party: {
      name: `the tracking server ${url.host}`,
      ...{ url, urlKey: 'tracking_uri', line, tlsLine: line, tls, hasOwnLimits: false },
    },
  }
  const address = await checkAddress(place)
  const findings = [about(subject, 'address', address)]
  if (address.status !== 'ok') return findings
  const { verdict, sighting, answers } = await checkReachable(place, transport)
  findings.push(about(subject, 'reach', verdict))
  if (!answers) return findings
  const other = nameOfKind(sighting.kind)
  if (other !== null && sighting.kind !== 'tracking')
    return [...findings, about(subject, 'tracking', notTracking(other, place))]
  const owner = place.party.name
  const signIn = trackingCredentials(callback, { env, transport, now, tls, owner, place: at })
  const missing = missingToken(signIn)
  if (missing) findings.push(about(subject, 'token', missing))
  const asking = { callback, place, signIn, transport, deadline: new Deadline(budgetMs) }
  const { tracking, experiment } = await askExperiment(asking)
  findings.push(about(subject, 'tracking', tracking))
  if (experiment) findings.push(about(subject, 'experiment', experiment))
  if (experiment && callback.traces)
    findings.push(about(subject, 'traces', await askTraces(asking)))
  return findings
}

/** The files of `tls`, or what is wrong with them. */
function readFiles({ tls }: MlflowCallback, at: ConfigPlace): LoadedTls | Verdict {
  try {
    return loadTls(tls, at)
  } catch (error) {
    return unusableSetting(error)
  }
}

function notTracking(found: string, { setting }: Place): Verdict {
  return failed(
    'not-a-tracking-server',
    `This is ${found}, which keeps no experiments.`,
    `Write the address of mlflow server into ${setting}.`,
  )
}

function missingToken({ credentials: { missing } }: TrackingCredentials): Verdict | null {
  if (missing.length === 0) return null
  const names = missing.join(' and ')
  return failed(
    'token-missing',
    `${names} ${missing.length > 1 ? 'are' : 'is'} not set.`,
    `Set ${names} and restart the gateway.`,
  )
}
