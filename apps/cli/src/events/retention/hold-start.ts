import type { AuditReader } from '@keeptrusts/audit-store'
import { openAuditReader } from '@keeptrusts/audit-store'
import { CliError } from '../../errors/cli-error.ts'
import type { LogPlace } from '../open-reader.ts'
import { parseTimeFlag } from '../parse-range.ts'

interface HoldFlags {
  readonly from?: string | undefined
  readonly since?: string | undefined
}

/** Number of the first record that a hold is to keep. Throws `CliError` for a record that is not there, and for what is no time. */
export function holdStart({ dir }: LogPlace, { from, since }: HoldFlags): number {
  const reader = openAuditReader({ dir })
  try {
    const { first } = reader.extent()
    if (since !== undefined) {
      return reader.rangeOf({ since: parseTimeFlag('--since', since, Date.now()) }).from
    }
    return from === undefined ? first : placeOf(reader, from)
  } finally {
    reader.close()
  }
}

function placeOf(reader: AuditReader, from: string): number {
  const { first, end } = reader.extent()
  if (!/^\d{1,15}$/.test(from)) {
    const found = reader.find(from)[0]
    if (found) return found.seq
  } else if (Number(from) >= first && Number(from) < end) return Number(from)
  throw new CliError({
    code: 'event-not-found',
    message: `The log has no record ${JSON.stringify(from)}; it holds ${first} to ${end - 1}.`,
    where: '--from',
    suggestion: 'kt events list --json prints the ids of calls.',
  })
}
