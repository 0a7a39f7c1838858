import type { AuditRecord } from '@keeptrusts/audit-store'

type Value = AuditRecord[string]
type Fields = { readonly [key: string]: Value }

/** The text in a field, or `null`. Old and foreign records may lack any field, so nothing here throws. */
export function textOf(value: Value): string | null {
  return typeof value === 'string' ? value : null
}

/** The number in a field, or `null`. */
export function numberOf(value: Value): number | null {
  return typeof value === 'number' ? value : null
}

/** The fields of an object in a field; none when it is something else. */
export function fieldsOf(value: Value): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {}
}

/** The items of a list in a field; none when it is something else. */
export function listOf(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : []
}
