import type { AuditValue } from '@keeptrusts/core'
import { EventRefusal } from './event-refusal.ts'

const maximalDepth = 32
const asciiKey = /^[\x20-\x7e]+$/
const printableKey = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/
const loneSurrogate = /[\uD800-\uDFFF]/u

/** Where a value stands, from the inside out: written down only when it is refused. `null` is the whole. */
export interface Place {
  readonly within: Place | null
  readonly step: string | number
}

/**
 * Writes a value as RFC 8785 (JCS) text, for the subset an event may hold: strings, booleans, null, arrays, objects with
 * ASCII keys, and integers |n| <= 2^53-1. `place` names the value in errors, which never quote what they refuse.
 * Throws `EventRefusal` for anything else.
 */
export function canonicalJson(value: unknown, place: Place | null = null, depth = 0): string {
  if (typeof value === 'string') return canonicalString(value, place)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return canonicalInteger(value, place)
  if (depth >= maximalDepth) throw refusal(place, `is nested deeper than ${maximalDepth} levels`)
  if (Array.isArray(value)) return canonicalArray(value, place, depth)
  if (isPlainObject(value)) return canonicalObject(value, place, depth)
  throw refusal(place, `is of a type that no event can hold (${typeof value})`)
}

/** Events have the same few names again and again. */
const quotedKeys = new Map<string, string>()
const mostQuotedKeys = 1000

/** Checks a member name and returns it quoted. Throws `EventRefusal` for anything that is not printable ASCII. */
export function canonicalKey(key: string, place: Place | null = null): string {
  const known = quotedKeys.get(key)
  if (known !== undefined) return known
  if (key === '__proto__' || !asciiKey.test(key)) {
    throw refusal(place, 'has a key that is not printable ASCII')
  }
  const quoted = JSON.stringify(key)
  if (quotedKeys.size < mostQuotedKeys) quotedKeys.set(key, quoted)
  return quoted
}

/** As in `policies[2].reason`; names that could be user input are shown as `*`. */
function pathOf(place: Place | null): string {
  if (place === null) return ''
  const { within, step } = place
  const before = pathOf(within)
  if (typeof step === 'number') return `${before}[${step}]`
  const name = printableKey.test(step) ? step : '*'
  return before === '' ? name : `${before}.${name}`
}

function canonicalString(text: string, place: Place | null): string {
  if (loneSurrogate.test(text)) throw refusal(place, 'holds half of a surrogate pair')
  return JSON.stringify(text)
}

function canonicalInteger(value: number, place: Place | null): string {
  if (!Number.isSafeInteger(value)) {
    throw refusal(place, 'is a number, but not an integer between -(2^53-1) and 2^53-1')
  }
  return String(value)
}

function canonicalArray(items: readonly unknown[], place: Place | null, depth: number): string {
  let text = '['
  for (let index = 0; index < items.length; index++) {
    if (index > 0) text += ','
    text += canonicalJson(items[index], { within: place, step: index }, depth + 1)
  }
  return `${text}]`
}

function canonicalObject(
  value: Record<string, AuditValue>,
  place: Place | null,
  depth: number,
): string {
  let text = '{'
  // The default order of sort() is that of UTF-16 code units, as RFC 8785 §3.2.3 asks for.
  for (const key of Object.keys(value).sort()) {
    if (text.length > 1) text += ','
    const member = canonicalJson(value[key], { within: place, step: key }, depth + 1)
    text += `${canonicalKey(key, place)}:${member}`
  }
  return `${text}}`
}

function isPlainObject(value: unknown): value is Record<string, AuditValue> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function refusal(place: Place | null, problem: string): EventRefusal {
  return new EventRefusal(pathOf(place), problem)
}
