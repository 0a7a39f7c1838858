import { closeSync, fsyncSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import type { AuditReader, SeqRange } from '@keeptrusts/audit-store'
import { OutStream } from '../../output/out-stream.ts'
import { pagesOf } from '../pages-of.ts'
import type { ExportFormat } from './export-format.ts'

/** Takes an export piece by piece; a promise is waited for before the next one. */
export interface ExportTarget {
  write(text: string): Promise<void> | void
  /** Once, after the last piece. */
  end(): void
  /** Always, also after a failure. */
  close(): void
}

/** Writes records in a form, page by page; the memory it takes does not grow with the log. */
export async function exportLog(
  reader: AuditReader,
  { range, format, begun }: { range: SeqRange; format: ExportFormat; begun: boolean },
  target: ExportTarget,
): Promise<void> {
  if (!begun) await target.write(format.head)
  let first = !begun
  for (const rows of pagesOf(reader, range)) {
    let text = ''
    for (const row of rows) {
      text += format.record(row, first)
      first = false
    }
    await target.write(text)
  }
  await target.write(format.tail)
  target.end()
}

/** Standard output. */
export function outputTarget(): ExportTarget {
  const out = new OutStream()
  return { write: (text) => out.write(text), end: () => out.sync(), close: () => {} }
}

/** A new file that only its owner can read. Throws what the system throws, `EEXIST` for one that is there. */
export function newFile(path: string): ExportTarget {
  return fileTarget(openSync(path, 'wx', 0o600))
}

/** An existing file, cut off after `bytes`. */
export function continuedFile(path: string, bytes: number): ExportTarget {
  const handle = openSync(path, 'r+')
  ftruncateSync(handle, bytes)
  return fileTarget(handle, bytes)
}

function fileTarget(handle: number, start = 0): ExportTarget {
  let position = start
  return {
    write(text) {
      const bytes = Buffer.from(text)
      for (let done = 0; done < bytes.length; ) {
        const written = writeSync(handle, bytes, done, bytes.length - done, position)
        done += written
        position += written
      }
    },
    end: () => fsyncSync(handle),
    close: () => closeSync(handle),
  }
}
