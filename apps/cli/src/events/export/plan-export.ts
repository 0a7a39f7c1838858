import { existsSync } from 'node:fs'
import type { AuditReader, SeqRange, TimeSpan } from '@keeptrusts/audit-store'
import { CliError } from '../../errors/cli-error.ts'
import { writeErr } from '../../output/write.ts'
import type { ExportFormat, Resume } from './export-format.ts'
import type { ExportTarget } from './export-log.ts'
import { continuedFile, newFile, outputTarget } from './export-log.ts'
import { exportFormats } from './formats.ts'
import { resumePoint } from './resume-point.ts'

interface ExportWish {
  readonly format: ExportFormat['name']
  readonly span: TimeSpan
  /** A file; standard output when absent. */
  readonly out: string | undefined
  readonly resume: boolean
}

/** What an export will do; nothing is opened or changed before `open`. */
export interface ExportPlan {
  readonly format: ExportFormat
  readonly range: SeqRange
  /** The file holds a beginning already. */
  readonly begun: boolean
  open(): ExportTarget
}

/** Works out which records go where. Throws `CliError` `export-not-resumable`. */
export function planExport(reader: AuditReader, wish: ExportWish): ExportPlan {
  const { format: name, span, out, resume } = wish
  const format = exportFormats[name]
  const range = reader.rangeOf(span)
  if (out === undefined) return { format, range, begun: false, open: outputTarget }
  if (!resume || !existsSync(out)) return { format, range, begun: false, open: () => newFile(out) }
  if (format.resume !== undefined) return continued(reader, { format, range, out }, format.resume)
  writeErr(`${name} is one array, which cannot be continued: ${out} is written anew.\n`)
  return { format, range, begun: false, open: () => continuedFile(out, 0) }
}

function continued(
  reader: AuditReader,
  { format, range, out }: { format: ExportFormat; range: SeqRange; out: string },
  how: Resume,
): ExportPlan {
  const { bytes, last, begun } = resumePoint(out, how)
  const open = () => continuedFile(out, bytes)
  if (last === null) {
    const head = begun ? bytes === Buffer.byteLength(format.head) : true
    if (!head) throw notOurs(out, `Its last whole line is no record of a ${format.name} export.`)
    return { format, range, begun, open }
  }
  const { log, first } = reader.extent()
  if (last.log !== log) throw notOurs(out, `It holds records of log ${last.log}; this is ${log}.`)
  const next = last.seq + 1
  if (next < first) {
    writeErr(
      `Gap: records ${next} to ${first - 1} were removed by retention before they were exported.\n`,
    )
  }
  const from = Math.max(next, first)
  return { format, range: { from, to: Math.max(from, range.to) }, begun: true, open }
}

function notOurs(file: string, why: string): CliError {
  return new CliError({
    code: 'export-not-resumable',
    message: `The export cannot go on in this file. ${why}`,
    where: file,
  })
}
