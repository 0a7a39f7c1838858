import type { AuditReader, AuditRecord } from '@keeptrusts/audit-store'
import { keyFilesFromEnvironment, logKeyFiles } from '@keeptrusts/audit-store'
import { sanitize, toSafeJson } from '../../output/sanitize.ts'
import type { Style } from '../../output/style.ts'
import { fieldsOf, textOf } from '../event-field.ts'
import type { FoundEvent } from '../find-event.ts'

/** What was kept with one record of a call. */
export interface RecordContent {
  readonly record: AuditRecord
  readonly state: 'kept' | 'erased' | 'not_kept'
  /** `null` unless it is there. */
  readonly text: string | null
}

/** Decrypts what was kept with the records of a call. Throws `StoreRefusedError`: `key-missing`, `key-wrong`, `store-damaged`. */
export function contentsOf(
  reader: AuditReader,
  { records }: FoundEvent,
  keysDir: string,
): readonly RecordContent[] {
  const { payload } = logKeyFiles(keysDir, keyFilesFromEnvironment(process.env))
  return records
    .filter((record) => record['content'] !== undefined)
    .map((record) => {
      const found = reader.content(record, payload)
      if (found === null) return { record, state: 'not_kept', text: null }
      if (found === 'erased') return { record, state: 'erased', text: null }
      return { record, state: 'kept', text: new TextDecoder().decode(found) }
    })
}

/** For people: each text below a line that says what it is. */
export function formatContents(contents: readonly RecordContent[], style: Style): string {
  return contents
    .map(({ record, state, text }) => {
      const head = `${style.bold(sanitize(record.id))}  ${sanitize(record.type)} #${record.seq}`
      const level = textOf(fieldsOf(record['content'])['level']) ?? ''
      const shown = text === null ? `(${state.replace('_', ' ')})` : sanitizeLines(text)
      const cut = fieldsOf(record['content'])['truncated'] === true ? ', first part only' : ''
      return `${head}${state === 'kept' ? `  ${sanitize(level)}${cut}` : ''}\n${shown}\n`
    })
    .join('\n')
}

/** For programs. */
export function contentsJson(contents: readonly RecordContent[]): string {
  return toSafeJson(
    contents.map(({ record, state, text }) => ({
      event: record.id,
      type: record.type,
      seq: record.seq,
      level: textOf(fieldsOf(record['content'])['level']),
      state,
      truncated: fieldsOf(record['content'])['truncated'] === true,
      text,
    })),
    2,
  )
}

function sanitizeLines(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => sanitize(line))
    .join('\n')
}
