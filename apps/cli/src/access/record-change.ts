import type { AuditEvent } from '@keeptrusts/core'
import { newEventId } from '@keeptrusts/core'
import { logPlace, openIfThere } from '../events/open-reader.ts'
import { readLogOf } from '../events/read-log.ts'
import { currentActor } from '../events/record-read.ts'
import { localPaths } from '../local-paths.ts'

/** What was changed about who may do what. */
export type AccessChange =
  | 'key.created'
  | 'key.revoked'
  | 'token.created'
  | 'token.revoked'
  | 'operator.added'
  | 'operator.changed'
  | 'operator.removed'

/**
 * Makes a change of the access store durable in the log of the gateway, with who made it; nothing before a gateway has made its
 * log. Throws why it could not be recorded.
 */
export async function recordAccessChange(
  dataDir: string | undefined,
  type: AccessChange,
  fields: Readonly<Record<string, Exclude<AuditEvent[string], undefined>>>,
): Promise<void> {
  const place = logPlace(dataDir)
  const reader = openIfThere(place, () => {})
  if (reader === null) return
  try {
    const now = Date.now()
    const actor = await currentActor(localPaths(dataDir))
    await readLogOf({ place, reader }).append({
      id: newEventId(now),
      type,
      time: new Date(now).toISOString(),
      stage: 'access',
      ...fields,
      actor: { ...actor },
    })
  } finally {
    reader.close()
  }
}
