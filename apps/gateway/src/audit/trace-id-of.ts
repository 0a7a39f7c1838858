/**
 * The trace id of a `traceparent` header (W3C Trace Context, version 00), 32 hex digits; `null` when the header is
 * absent or not valid.
 */
export function traceIdOf(traceparent: string | undefined): string | null {
  if (traceparent?.length !== 55) return null
  const [, traceId] =
    /^00-([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/.exec(traceparent) ?? []
  return traceId === undefined || /^0+$/.test(traceId) ? null : traceId
}
