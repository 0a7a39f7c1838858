import type { AuditEvent } from '@keeptrusts/core'

/** What an event says of the content kept with it (`payloadHash`); `null` when it was written without any. */
export function promisedPayload({ content }: AuditEvent): string | null {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return null
  const { payload } = content as { readonly payload?: unknown }
  return typeof payload === 'string' ? payload : null
}
