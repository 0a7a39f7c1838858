import { csvFormat } from './csv-format.ts'
import type { ExportFormat } from './export-format.ts'

/** One JSON array, one record per line. */
const json: ExportFormat = {
  name: 'json',
  head: '[',
  tail: '\n]\n',
  record: ({ body }, first) => `${first ? '' : ','}\n${body}`,
}

/** One record per line, in the bytes that are stored and hashed (decision L2). */
const jsonl: ExportFormat = {
  name: 'jsonl',
  head: '',
  tail: '',
  record: ({ body }) => `${body}\n`,
  resume: {
    lineEnd: '\n',
    quotes: false,
    place(line) {
      try {
        const { log, seq } = JSON.parse(line)
        return typeof log === 'string' && Number.isSafeInteger(seq) ? { log, seq } : null
      } catch {
        return null
      }
    },
  },
}

/** The forms of `kt events export`. */
export const exportFormats = { json, jsonl, csv: csvFormat } as const
