import type { Authenticated } from '@keeptrusts/access'
import type { AuditEvent } from '@keeptrusts/core'
import { newEventId } from '@keeptrusts/core'
import type { GatewayDeps } from '../gateway-deps.ts'

type Fields = Readonly<Record<string, Exclude<AuditEvent[string], undefined>>>
type Deps = Pick<GatewayDeps, 'now' | 'pseudonyms' | 'recorder' | 'version' | 'boot'>

/** Who did something over the network, as events name them. */
export interface Doer {
  readonly caller: Authenticated | null
  readonly address: string | null
}

/** An event about what an operator did or tried. */
export function operatorEvent(
  type: string,
  fields: Fields,
  { caller, address }: Doer,
  { now, pseudonyms, version, boot }: Deps,
): AuditEvent {
  const time = now()
  return {
    id: newEventId(time),
    type,
    time: new Date(time).toISOString(),
    stage: 'access',
    gateway: { version, boot },
    ...fields,
    actor: {
      os_user: null,
      operator: caller?.operator.email ?? null,
      role: caller?.operator.role ?? null,
      token: caller?.tokenId ?? null,
      ip: pseudonyms.ip(address),
    },
  }
}

/** Makes an event durable before anything is answered. Throws `GatewayError` `audit_unavailable`. */
export async function recordDone(
  type: string,
  fields: Fields,
  doer: Doer,
  deps: Deps,
): Promise<void> {
  await deps.recorder.record(operatorEvent(type, fields, doer, deps))
}

/** Records that somebody reads the log, before anything of it is shown, where every access is recorded (decision L1). */
export async function recordRead(
  read: {
    readonly type?: string
    readonly command: string
    readonly filter: Fields
    readonly count: number | null
  },
  doer: Doer,
  deps: Deps,
): Promise<void> {
  if (deps.recorder.mode !== 'every') return
  const { type = 'audit.read', command, filter, count } = read
  await recordDone(type, { command, filter, count }, doer, deps)
}
