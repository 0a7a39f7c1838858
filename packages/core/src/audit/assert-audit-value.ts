import { KeeptrustsError } from '../errors/keeptrusts-error.ts'

/**
 * Checks what decision L2 lets into an event: strings, booleans, null, safe integers, arrays, and objects with ASCII keys.
 * `undefined` stands for an absent field.
 * @throws KeeptrustsError `internal_error` that names the place
 */
export function assertAuditValue(value: unknown, place = 'event'): void {
  if (value === null || value === undefined) return
  if (typeof value === 'string' || typeof value === 'boolean') return
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) refuse(place, 'a safe integer')
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) assertAuditValue(item, `${place}[${index}]`)
  } else if (typeof value === 'object') assertAuditObject(value, place)
  else refuse(place, 'a string, boolean, null, integer, array or object')
}

function assertAuditObject(value: object, place: string): void {
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) refuse(place, 'a plain object')
  for (const [key, inner] of Object.entries(value)) {
    if (!/^[\x20-\x7e]+$/.test(key)) refuse(place, 'an object with ASCII keys')
    assertAuditValue(inner, `${place}.${key}`)
  }
}

function refuse(place: string, expected: string): never {
  throw new KeeptrustsError({
    code: 'internal_error',
    message: `${place} cannot be recorded: it must be ${expected}`,
    suggestion: 'Events hold integers only: scores in thousandths, durations in microseconds.',
  })
}
