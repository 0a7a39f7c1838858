/** Whole seconds between 1 and a day, from either form of RFC 9110 §10.2.3; 1 when absent or unreadable. */
export function retryAfter(value: string | undefined): string {
  const text = value?.trim() ?? ''
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000
  const whole = Number.isFinite(seconds) ? Math.ceil(seconds) : 1
  return String(Math.min(86_400, Math.max(1, whole)))
}
