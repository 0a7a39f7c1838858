import type { LogExtent } from '@keeptrusts/audit-store'
import { CliError } from '../../errors/cli-error.ts'
import { writeErr } from '../../output/write.ts'
import { readCursor } from './cursor-file.ts'

/** The record that a feed begins with. Throws `CliError` `cursor-wrong` when the cursor does not fit the log. */
export function startOf(file: string, { log, first, end }: LogExtent): number {
  const cursor = readCursor(file)
  if (cursor === null) return first
  if (cursor.log !== log) {
    throw new CliError({
      code: 'cursor-wrong',
      message: `The cursor belongs to log ${cursor.log}; this is log ${log}.`,
      where: file,
      suggestion:
        'Name another cursor file for this log, or remove this one: the feed then starts at the first record.',
    })
  }
  if (cursor.next > end) {
    throw new CliError({
      code: 'cursor-wrong',
      message: `The cursor stands at record ${cursor.next}, but the log ends before record ${end}: records that were read are gone.`,
      where: file,
      suggestion:
        'The log was probably restored from an older backup. Keep what was read, and name a new cursor file.',
    })
  }
  return cursor.next
}

/** Says which records are missing when the next one that comes is not the one that was awaited. */
export function tellGap(log: string, awaited: number, seq: number): void {
  if (seq === awaited) return
  writeErr(
    `Gap: records ${awaited} to ${seq - 1} of log ${log} were removed by retention before they were read. Going on with record ${seq}.\n`,
  )
}
