import type { VerifyReport } from '@keeptrusts/audit-store'
import { toFailure } from '../errors/to-failure.ts'
import { logPlace, openIfThere } from '../events/open-reader.ts'
import { appendRead } from '../events/record-read.ts'
import { writeErr } from '../output/write.ts'

interface Verification {
  readonly anchor?: readonly string[] | undefined
  readonly vkey?: string | undefined
  readonly 'from-last'?: boolean | undefined
  readonly 'data-dir'?: string | undefined
}

/**
 * Records that somebody verified the log, and what was found. A log that was tampered with may take no record any more, and its verdict
 * must be told all the same: then a warning says that it was not recorded.
 */
export async function recordVerification(flags: Verification, report: VerifyReport): Promise<void> {
  const place = logPlace(flags['data-dir'])
  try {
    const reader = openIfThere(place, () => {})
    if (reader === null) return
    try {
      await appendRead({ place, reader }, readOf(flags, report))
    } finally {
      reader.close()
    }
  } catch (error) {
    const { message } = toFailure(error)
    const cause = message.replace(
      /^Nothing is shown, because this read could not be recorded: /,
      '',
    )
    writeErr(`This verification was not recorded in the log: ${cause}\n`)
  }
}

function readOf(flags: Verification, report: VerifyReport): Parameters<typeof appendRead>[1] {
  const { integrity, completeness, exit } = report
  return {
    type: 'audit.verify',
    command: 'events verify',
    filter: {
      anchors: flags.anchor?.length ?? null,
      vkey: flags.vkey ?? null,
      from_last: flags['from-last'] === true,
    },
    count: report.counts.events,
    result: { integrity: integrity.verdict, completeness: completeness.verdict, exit },
  }
}
