import type { AuditRecord } from '@keeptrusts/audit-store'
import { fieldsOf, listOf, numberOf, textOf } from '../event-field.ts'
import type { ExportFormat } from './export-format.ts'

type Cell = string | number | null

/** Name and content of a column, in order. New ones may only come last: a resumed file has the columns it began with. */
const columns: readonly (readonly [string, (record: AuditRecord) => Cell])[] = [
  ['log', ({ log }) => log],
  ['seq', ({ seq }) => seq],
  ['time', ({ time }) => time],
  ['type', ({ type }) => type],
  ['id', ({ id }) => id],
  ['request_id', (record) => textOf(record['request_id'])],
  ['verdict', (record) => textOf(record['decision'])],
  ['reason_code', (record) => textOf(record['reason_code'])],
  ['policy', (record) => textOf(record['policy'])],
  ['model', (record) => textOf(record['model'])],
  ['provider', ({ target }) => textOf(fieldsOf(target)['provider'])],
  ['target', ({ target }) => textOf(fieldsOf(target)['id'])],
  ['subject', ({ actor }) => textOf(fieldsOf(actor)['subject'])],
  ['roles', ({ actor }) => rolesOf(actor)],
  ['ip', ({ actor }) => textOf(fieldsOf(actor)['ip'])],
  ['os_user', ({ actor }) => textOf(fieldsOf(actor)['os_user'])],
  ['operator', ({ actor }) => textOf(fieldsOf(actor)['operator'])],
  ['command', (record) => textOf(record['command'])],
  ['status', (record) => numberOf(record['status'])],
  ['upstream_status', (record) => numberOf(record['upstream_status'])],
  ['error_code', (record) => textOf(record['error_code'])],
  ['input_tokens', ({ usage }) => numberOf(fieldsOf(usage)['input_tokens'])],
  ['output_tokens', ({ usage }) => numberOf(fieldsOf(usage)['output_tokens'])],
  ['total_us', (record) => numberOf(fieldsOf(record['duration_us'])['total'])],
  ['latency_us', (record) => numberOf(record['latency_us'])],
  ['content_hmac', ({ content }) => textOf(fieldsOf(content)['hmac'])],
  ['config_hash', (record) => textOf(record['config_hash'])],
  ['pack', ({ pack }) => textOf(fieldsOf(pack)['name'])],
  ['config_version', ({ pack }) => textOf(fieldsOf(pack)['version'])],
]

/** One row per record of any type, RFC 4180, with a header. */
export const csvFormat: ExportFormat = {
  name: 'csv',
  head: `${columns.map(([name]) => name).join(',')}\r\n`,
  tail: '',
  record: ({ body }) => {
    const record = JSON.parse(body) as AuditRecord
    return `${columns.map(([, of]) => csvField(of(record))).join(',')}\r\n`
  },
  resume: {
    lineEnd: '\r\n',
    quotes: true,
    place(line) {
      const [, log, seq] = /^([0-9a-f]{32}),(\d{1,15}),/.exec(line) ?? []
      return log === undefined ? null : { log, seq: Number(seq) }
    },
  },
}

/**
 * A field of RFC 4180. A text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage
 * return) gets an apostrophe in front, as OWASP advises; numbers stay numbers.
 */
export function csvField(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function rolesOf(actor: AuditRecord[string]): Cell {
  const roles = listOf(fieldsOf(actor)['roles']).filter((role) => typeof role === 'string')
  return roles.length === 0 ? null : roles.join(' ')
}
