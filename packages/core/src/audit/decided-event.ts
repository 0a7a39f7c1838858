import type { Config } from '../config/config.ts'
import type { Finding, PolicyVerdict } from '../engine/decision.ts'
import type { AuditEvent, AuditValue } from './audit-event.ts'
import { newEventId } from './event-id.ts'

/** What one side of a call (request or answer) came to. */
export interface SideFacts {
  readonly outcome: 'allow' | 'redact' | 'block'
  /** Why and where, for a block. */
  readonly block?: {
    readonly policy: string
    readonly reason: string
    readonly param: string | null
  }
  readonly policies: readonly PolicyVerdict[]
  readonly not_scanned: Readonly<Record<string, number>>
}

/** What an event says about the call and the configuration, whichever side it is about. */
export interface CallFacts {
  readonly requestId: string
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly config: Pick<Config, 'hash' | 'pack'>
}

/** The record of what was decided about a request, ready for a sink. Holds no text of the call. */
export function buildDecidedEvent(facts: CallFacts & { readonly side: SideFacts }): AuditEvent {
  return {
    ...eventHead(facts, 'request.decided'),
    stage: 'request',
    ...sideFields(facts.side),
    ...configFields(facts.config),
  }
}

/** Id, type, time and call of an event. */
export function eventHead({ requestId, time }: CallFacts, type: string) {
  return {
    id: newEventId(time),
    type,
    time: new Date(time).toISOString(),
    request_id: requestId,
  }
}

/** The outcome of one side with what led to it. */
export function sideFields(side: SideFacts) {
  return {
    ...decisionFields(side),
    policies: side.policies.map(policyFields),
    not_scanned: side.not_scanned,
  }
}

/** Who decided, why and where; a redaction is credited to the first policy that made one. */
export function decisionFields({ outcome, block, policies }: SideFacts) {
  const redacting = policies.find(({ verdict }) => verdict === 'redact')
  return {
    decision: outcome as string,
    reason_code: block?.reason ?? redacting?.reason ?? 'all_policies_passed',
    policy: block?.policy ?? redacting?.policy ?? null,
    param: block?.param ? shortened(block.param) : null,
  }
}

/** Which configuration was in force. */
export function configFields({ hash, pack }: CallFacts['config']) {
  return { config_hash: hash, pack: { name: pack.name, version: pack.version } }
}

/** More would not tell an auditor more, and a caller chooses how many there are. */
const recordedFindings = 100

function policyFields(verdict: PolicyVerdict): AuditValue {
  return {
    policy: verdict.policy,
    verdict: verdict.verdict,
    reason: verdict.reason,
    findings: verdict.findings.slice(0, recordedFindings).map(findingFields),
    findings_total: verdict.findings.length,
    duration_us: verdict.duration_us,
  }
}

function findingFields({ policy: _, note, ...finding }: Finding): AuditValue {
  const fields = { ...finding, address: shortened(finding.address) }
  return note === undefined ? fields : { ...fields, note }
}

/** A caller chooses how long the way to a text is; the record of it stays bounded. */
function shortened(address: string): string {
  return address.length > 512 ? `${address.slice(0, 511)}…` : address
}
