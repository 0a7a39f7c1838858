import type { Config } from '@keeptrusts/core'
import { KeeptrustsError } from '@keeptrusts/core'

/** What the log is opened with; it stays open while configurations come and go. */
const settings = ['kind', 'path', 'anchors'] as const

/**
 * Refuses a configuration that differs in what is decided at the start. Throws `KeeptrustsError` `restart-required`, which names the
 * settings; never their values.
 */
export function refuseRestartOnly(before: Config, after: Config): void {
  const [old, now] = [before.audit_store, after.audit_store]
  const changed: string[] = settings.filter(
    (key) => JSON.stringify(old[key]) !== JSON.stringify(now[key]),
  )
  // The key for contents is made, or read, when the log is opened.
  if (keepsContent(after) && !keepsContent(before)) changed.push('content')
  if (changed.length === 0) return
  const names = changed.map((key) => `audit_store.${key}`)
  throw new KeeptrustsError({
    code: 'restart-required',
    message: `${names.join(' and ')} cannot change while the gateway runs. Nothing was changed.`,
    suggestion:
      'Restart the gateway to have all of the new configuration, or put the old setting back and reload.',
  })
}

/** Whether contents of calls are kept, encrypted, beside their events. */
export function keepsContent({ audit_store: { content } }: Config): boolean {
  return content === 'redacted' || content === 'full'
}
