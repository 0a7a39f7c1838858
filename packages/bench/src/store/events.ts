import { createHash } from 'node:crypto'
import type { AuditEvent } from '@keeptrusts/core'
import { newEventId } from '@keeptrusts/core'

/** The configuration that the events name. */
export const config = {
  canonical: '{}',
  hash: createHash('sha256').update('{}').digest('hex'),
}

/** An event as a gateway with the page's chain records it for a call: about 1 KB in canonical form. */
export function decidedEvent(index: number, at: number): AuditEvent {
  const time = new Date(at).toISOString()
  return {
    id: newEventId(at),
    type: 'request.decided',
    time,
    request_id: `req_${index.toString(16).padStart(12, '0')}`,
    stage: 'request',
    decision: index % 20 === 0 ? 'redact' : 'allow',
    reason_code: index % 20 === 0 ? 'pii_detected' : 'ok',
    policies: ['prompt-injection', 'pii-detector', 'audit-logger'].map((policy) => ({
      policy,
      mode: 'enforce',
      verdict: policy === 'pii-detector' && index % 20 === 0 ? 'redact' : 'pass',
      duration_us: 40 + (index % 50),
      findings: [],
    })),
    not_scanned: {},
    gateway: { version: '0.1.0', boot: '0f0e8f86-3a57-4b3e-9f3a-1f7f0c8c2a55' },
    actor: { subject: 'service-reports', roles: [], ip: 'b'.repeat(64) },
    http: { method: 'POST', path: '/v1/chat/completions', stream: false },
    model: 'my-chat-model',
    target: { id: 'mlflow', provider: 'openai', model: 'my-chat-model', host: '127.0.0.1:5000' },
    config_hash: config.hash,
    content: { level: 'hmac', hmac: 'c'.repeat(64), bytes: 330, of: 'body' },
    latency_us: 900,
  }
}
