import type { AnchorStatus, AuditStore } from '@keeptrusts/audit-store'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { Family, Sample } from './exposition.ts'
import { exposition } from './exposition.ts'
import { callOutcomes } from './gateway-metrics.ts'

/** Where metrics are read. */
export interface MeasuredGateway {
  readonly deps: GatewayDeps
  /** `null` with `audit_store: {kind: none}`. */
  readonly store: AuditStore | null
}

/** The metrics of a gateway in Prometheus' text format. Names in labels are those of the configuration: no text of a client ever. */
export function renderMetrics({ deps, store }: MeasuredGateway): string {
  const log = store === null ? [] : logFamilies({ deps, store })
  return exposition([...callFamilies(deps), ...log])
}

function callFamilies({ metrics, status, targets, version }: GatewayDeps): readonly Family[] {
  const circuits = targets.flatMap(({ id, circuit }) =>
    oneHot(['closed', 'open', 'half_open'], circuit.state, { target: id }),
  )
  return [
    {
      name: 'keeptrusts_gateway_info',
      help: 'The version that runs.',
      type: 'gauge',
      samples: [{ labels: { version }, value: 1 }],
    },
    {
      name: 'keeptrusts_gateway_requests_total',
      help: 'Calls by how they ended.',
      type: 'counter',
      samples: callOutcomes.map((outcome) => ({
        labels: { outcome },
        value: metrics.outcome(outcome),
      })),
    },
    gauge('keeptrusts_gateway_in_flight', 'Calls that are being answered.', status.active),
    {
      name: 'keeptrusts_gateway_overhead_seconds',
      help: 'What the gateway itself took of a call until its answer began, as in x-keeptrusts-overhead-ms: waiting for the model, and for the body of the client, left out.',
      type: 'histogram',
      samples: metrics.overhead.samples(),
    },
    {
      name: 'keeptrusts_gateway_circuit_state',
      help: '1 for the state of the circuit of a target, 0 for the others.',
      type: 'gauge',
      samples: circuits,
    },
  ]
}

function logFamilies({
  deps: { metrics, losses, now },
  store,
}: MeasuredGateway & { readonly store: AuditStore }): readonly Family[] {
  const status = store.status()
  const age = (at: number): number => Math.max(0, now() - at) / 1000
  return [
    {
      name: 'keeptrusts_audit_state',
      help: '1 for the state of the audit log, 0 for the others.',
      type: 'gauge',
      samples: oneHot(['open', 'degraded', 'closed'], status.state, {}),
    },
    {
      name: 'keeptrusts_audit_append_seconds',
      help: 'How long a call waited until its record was durable.',
      type: 'histogram',
      samples: metrics.append.samples(),
    },
    gauge('keeptrusts_audit_queue', 'Records that wait for the disk.', status.queue),
    gauge(
      'keeptrusts_audit_last_checkpoint_age_seconds',
      'Time since a checkpoint covered the whole log.',
      age(status.coveredAt),
    ),
    gauge(
      'keeptrusts_audit_anchor_age_seconds',
      'How long the newest checkpoint has been waiting for an anchor outside of the log; 0: none waits, +Inf: there are no anchors.',
      anchorAge(status.anchors, now()),
    ),
    gauge('keeptrusts_audit_free_bytes', 'Free space on the volume of the log.', status.freeBytes),
    gauge(
      'keeptrusts_audit_floor_bytes',
      'Below this much free space no call is taken.',
      status.floorBytes,
    ),
    counter(
      'keeptrusts_audit_unlogged_total',
      'Events that are not in the log because it did not take them.',
      losses.unlogged,
    ),
    counter('keeptrusts_audit_events_total', 'Events that were made durable.', status.appended),
  ]
}

function gauge(name: string, help: string, value: number): Family {
  return { name, help, type: 'gauge', samples: [{ value }] }
}

function counter(name: string, help: string, value: number): Family {
  return { name, help, type: 'counter', samples: [{ value }] }
}

function oneHot(
  states: readonly string[],
  current: string,
  labels: Readonly<Record<string, string>>,
): readonly Sample[] {
  return states.map((state) => ({
    labels: { ...labels, state },
    value: state === current ? 1 : 0,
  }))
}

/** The longest wait of all anchors, seconds. */
function anchorAge(anchors: readonly AnchorStatus[], at: number): number {
  if (anchors.length === 0) return Number.POSITIVE_INFINITY
  const waits = anchors.map(({ behindSince }) => (behindSince === null ? 0 : at - behindSince))
  return Math.max(0, ...waits) / 1000
}
