import type { AuditValue } from '@keeptrusts/core'
import { EventRefusal } from './event-refusal.ts'

const maximalDepth = 32
const asciiKey = /^[\x20-\x7e]+$/
const printableKey = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/
const loneSurrogate = /[\uD800-\uDFFF]/u

/**
 * Writes a value as RFC 8785 (JCS) text, for the subset an event may hold: strings, booleans, null, arrays, objects with
 * ASCII keys, and integers |n| <= 2^53-1. `path` names the value in errors, which never quote what they refuse.
 * Throws `EventRefusal` for anything else.
 */
export function canonicalJson(value: unknown, path: string, depth = 0): string {
  if (typeof value === 'string') return canonicalString(value, path)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return canonicalInteger(value, path)
  if (depth >= maximalDepth) throw refusal(path, `is nested deeper than ${maximalDepth} levels`)
  if (Array.isArray(value)) return canonicalArray(value, path, depth)
  if (isPlainObject(value)) return canonicalObject(value, path, depth)
  throw refusal(path, `is of a type that no event can hold (${typeof value})`)
}

/** Checks a member name and returns it quoted. Throws `EventRefusal` for anything that is not printable ASCII. */
export function canonicalKey(key: string, path: string): string {
  if (key === '__proto__' || !asciiKey.test(key)) {
    throw refusal(path, 'has a key that is not printable ASCII')
  }
  return JSON.stringify(key)
}

/** `path` with one more step; names that could be user input are shown as `*`. */
export function memberPath(path: string, key: string): string {
  const step = printableKey.test(key) ? key : '*'
  return path === '' ? step : `${path}.${step}`
}

function canonicalString(text: string, path: string): string {
  if (loneSurrogate.test(text)) throw refusal(path, 'holds half of a surrogate pair')
  return JSON.stringify(text)
}

function canonicalInteger(value: number, path: string): string {
  if (!Number.isSafeInteger(value)) {
    throw refusal(path, 'is a number, but not an integer between -(2^53-1) and 2^53-1')
  }
  return String(value)
}

function canonicalArray(items: readonly unknown[], path: string, depth: number): string {
  let text = '['
  for (let index = 0; index < items.length; index++) {
    if (index > 0) text += ','
    text += canonicalJson(items[index], `${path}[${index}]`, depth + 1)
  }
  return `${text}]`
}

function canonicalObject(value: Record<string, AuditValue>, path: string, depth: number): string {
  let text = '{'
  // The default order of sort() is that of UTF-16 code units, as RFC 8785 §3.2.3 asks for.
  for (const key of Object.keys(value).sort()) {
    if (text.length > 1) text += ','
    const member = canonicalJson(value[key], memberPath(path, key), depth + 1)
    text += `${canonicalKey(key, path)}:${member}`
  }
  return `${text}}`
}

function isPlainObject(value: unknown): value is Record<string, AuditValue> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function refusal(path: string, problem: string): EventRefusal {
  return new EventRefusal(path, problem)
}
