import type { Target } from '@keeptrusts/core'
import { callUrl } from '../providers/call-url.ts'
import { certificateWarnings } from '../providers/credentials/certificate-warnings.ts'
import { kindOfMode } from '../providers/mlflow/mlflow-provider.ts'
import type { ServerKind } from '../providers/mlflow/probe-server.ts'
import type { ProviderDeps } from '../providers/provider.ts'
import { providerOf } from '../providers/registry.ts'
import { partyOf } from '../providers/target-party.ts'
import type { TargetRuntime } from '../providers/target-runtime.ts'
import { baseUrl, configLine } from '../providers/target-runtime.ts'
import type { EgressProxy } from '../transport/egress-proxy.ts'
import type { Place } from './check-address.ts'
import { checkAddress } from './check-address.ts'
import { checkCalls } from './check-calls.ts'
import type { ServerClock } from './check-clock.ts'
import { readClock } from './check-clock.ts'
import { checkModel } from './check-model.ts'
import type { Reached } from './check-reachable.ts'
import { checkReachable } from './check-reachable.ts'
import { checkServer } from './check-server.ts'
import { checkToken } from './check-token.ts'
import { Deadline } from './deadline.ts'
import { sendEmptyRequest } from './empty-request.ts'
import type { Finding, Verdict } from './finding.ts'
import { about, skipped, warning } from './finding.ts'
import { judgeEmptyAnswer } from './judge-empty-answer.ts'
import { proxyFor } from './proxy-for.ts'
import { shownAddress } from './right-base-url.ts'
import type { TargetCheck } from './target-check.ts'
import { chatEndpoint } from './target-check.ts'

/** A target as doctor saw it. */
export interface ExaminedTarget {
  readonly id: string
  readonly provider: string
  readonly model: string
  /** The kind of server that answered. */
  readonly kind: ServerKind
  readonly mlflow_version: string | null
  /** Where the gateway sends its calls. */
  readonly url: string
  readonly proxy: string | null
}

/** What was found out about one target. */
export interface TargetReport {
  readonly target: ExaminedTarget
  readonly findings: readonly Finding[]
  readonly clock: ServerClock | null
}

export interface ExamineDeps extends ProviderDeps {
  readonly proxy: EgressProxy | null
  /** Whether models may be called. */
  readonly call: boolean
}

/** All that is asked of one server together: with the limits of the steps, doctor ends within some 15 seconds. */
const budgetMs = 13_000

/** Checks one target from its address to its model; what depends on a check that failed is skipped. */
export async function examineTarget(
  target: TargetRuntime,
  deps: ExamineDeps,
): Promise<TargetReport> {
  const { id } = target
  const deadline = new Deadline(budgetMs)
  const url = new URL(baseUrl(target.target))
  const setting = `base_url of ${configLine(target)}`
  const place: Place = { url, setting, proxy: proxyFor(url, deps.proxy), party: partyOf(target) }
  const address = await checkAddress(place)
  const findings = [about(id, 'address', address), ...certificatesOf(target, deps.now())]
  const reached = address.status === 'ok' ? await checkReachable(place, deps.transport) : null
  if (reached) findings.push(about(id, 'reach', reached.verdict))
  const found = reached?.sighting.kind ?? 'unreachable'
  const kind = kindToCall(target, found)
  findings.push(about(id, 'token', checkToken(target, kind)))
  const seen: ExaminedTarget = {
    id,
    provider: `${target.provider}:${target.target.mode}:${target.model}`,
    model: target.model,
    kind: found,
    mlflow_version: reached?.sighting.version ?? null,
    url: shownAddress(callUrl({ target, endpoint: chatEndpoint }, kind)),
    proxy: place.proxy,
  }
  if (!reached?.answers) {
    const because = skipped('not-checked', 'Path and model are not checked: no server answers.')
    return { target: seen, findings: [...findings, about(id, 'request', because)], clock: null }
  }
  const check = { target, place, kind, found, deadline, transport: deps.transport }
  return { target: seen, ...(await askServer(check, { reached, findings, deps })) }
}

/** The report about a target that would stop a gateway at its start. */
export function unusableTarget(target: Target, verdict: Verdict): TargetReport {
  const { id, provider, mode, model } = target
  return {
    target: {
      id,
      provider: `${provider}:${mode}:${model}`,
      model,
      kind: 'unreachable',
      mlflow_version: null,
      url: shownAddress(new URL(baseUrl(target))),
      proxy: null,
    },
    findings: [about(id, 'certificate', verdict)],
    clock: null,
  }
}

function certificatesOf({ id, certificates }: TargetRuntime, now: number): readonly Finding[] {
  return certificateWarnings(certificates, now).map((text) =>
    about(id, 'certificate', warning('certificate-ends', text, 'A gateway reads it at its start.')),
  )
}

interface SoFar {
  readonly reached: Reached
  readonly findings: readonly Finding[]
  readonly deps: ExamineDeps
}

async function askServer(
  check: TargetCheck,
  { reached: { sighting }, findings, deps }: SoFar,
): Promise<Pick<TargetReport, 'findings' | 'clock'>> {
  const { target } = check
  const { id } = target
  const stated = statedKind(target)
  if (stated === null && target.target.base_url !== undefined && sighting.kind !== 'unreachable')
    target.learned.kind = sighting.kind
  const server = about(id, 'server', checkServer(sighting, { target, stated }))
  const answer = await sendEmptyRequest(check)
  const request = 'url' in answer ? judgeEmptyAnswer(answer, check) : answer
  const date = ('url' in answer ? answer.date : null) ?? sighting.date
  const clock = date === null ? null : readClock(date, { target: id, now: deps.now() })
  const known = [...findings, server, about(id, 'request', request)]
  if (request.status === 'failed' || request.code === 'token-not-tried') {
    const because = skipped('not-checked', 'The model is not looked for: calls do not get through.')
    return { findings: [...known, about(id, 'model', because)], clock }
  }
  const model = await checkModel(check)
  // A call answers what the list left open.
  const shown = deps.call && model.code === 'model-not-asked' ? [] : [about(id, 'model', model)]
  const calls = deps.call && model.status !== 'failed' ? await checkCalls(check, deps) : []
  return { findings: [...known, ...shown, ...calls], clock }
}

/** The kind that the configuration names; `null` where the gateway finds it out. */
function statedKind({ provider, target }: TargetRuntime): ServerKind | null {
  if (providerOf(provider).probes) return null
  return provider === 'mlflow' ? kindOfMode(target.mode) : 'unknown'
}

function kindToCall(target: TargetRuntime, found: ServerKind): ServerKind {
  const stated = statedKind(target)
  if (stated !== null) return stated
  return target.target.base_url === undefined ? 'unknown' : found
}
