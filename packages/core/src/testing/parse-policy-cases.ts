import { parse } from 'yaml'
import type { PolicyCase } from './policy-case.ts'

const caseKeys = new Set([
  ...['name', 'options', 'direction', 'text', 'role', 'messages', 'tools', 'expect'],
  ...['identity', 'model', 'headers'],
])
const expectKeys = new Set(['verdict', 'rules', 'types', 'reason', 'text', 'messages'])

/**
 * Reads the text of a `cases.yaml`.
 * @throws TypeError that names the case and the key that is wrong: a misspelt expectation would expect nothing
 */
export function parsePolicyCases(yaml: string): readonly PolicyCase[] {
  const list: unknown = parse(yaml)
  if (!Array.isArray(list)) refuse('cases.yaml', 'must be a list of cases')
  return list.map((entry: unknown, index) => checked(entry, `case ${index + 1}`))
}

function checked(entry: unknown, place: string): PolicyCase {
  if (!isRecord(entry)) refuse(place, 'must be a mapping')
  const { name, expect, text, messages } = entry
  if (typeof name !== 'string') refuse(place, 'needs a name')
  if (!isRecord(expect) || typeof expect['verdict'] !== 'string')
    refuse(name, 'needs expect.verdict')
  if ((typeof text === 'string') === (messages !== undefined))
    refuse(name, 'needs either text or messages')
  const silent = expect['text'] === undefined && expect['messages'] === undefined
  if (expect['verdict'] === 'redact' && silent)
    refuse(name, 'expects redact, so it needs expect.text or expect.messages')
  refuseUnknown(name, entry, caseKeys)
  refuseUnknown(name, expect, expectKeys)
  return entry as unknown as PolicyCase
}

function refuseUnknown(name: string, value: object, known: ReadonlySet<string>): void {
  const unknown = Object.keys(value).find((key) => !known.has(key))
  if (unknown !== undefined) refuse(name, `has the unknown key ${unknown}`)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refuse(place: string, problem: string): never {
  throw new TypeError(`${place} ${problem}`)
}
