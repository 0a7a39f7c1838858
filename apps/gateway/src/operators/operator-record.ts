import { userInfo } from 'node:os'
import type { AuditEvent, AuditValue } from '@keeptrusts/core'
import { newEventId } from '@keeptrusts/core'
import type { GatewayDeps } from '../gateway-deps.ts'
import type { Caller } from './route.ts'

type Recording = Pick<GatewayDeps, 'now' | 'pseudonyms'>
type Fields = Readonly<Record<string, AuditValue>>

/** An event about what an operator did or was refused; it names who, and never what was shown as proof. */
export function operatorEvent(
  type: string,
  { caller, fields, deps }: { caller: Caller; fields: Fields; deps: Recording },
): AuditEvent {
  const time = deps.now()
  return {
    id: newEventId(time),
    type,
    time: new Date(time).toISOString(),
    stage: type.startsWith('audit.') ? 'audit' : 'access',
    ...fields,
    actor: actorOf(caller, deps),
  }
}

/** Makes such an event durable before it is answered. Throws `AuditUnavailableError`. */
export async function recordOperator(
  deps: Pick<GatewayDeps, 'store'> & Recording,
  type: string,
  { caller, fields }: { readonly caller: Caller; readonly fields: Fields },
): Promise<void> {
  await deps.store?.append(operatorEvent(type, { caller, fields, deps }))
}

/** On the control socket the caller is the account that the gateway runs as: nobody else can open it (decision K1). */
function actorOf({ operator, kind, tokenId, address }: Caller, { pseudonyms }: Recording) {
  return {
    os_user: kind === 'control' ? accountName() : null,
    operator: operator?.email ?? null,
    operator_id: operator?.id ?? null,
    role: operator?.role ?? null,
    via: kind,
    token: tokenId,
    ip: pseudonyms.ip(address),
  }
}

function accountName(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? 'unknown')
  }
}
