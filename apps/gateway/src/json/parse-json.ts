import { scanJson } from '@keeptrusts/core'

/** An object of parsed JSON. */
export type Json = Readonly<Record<string, unknown>>

/** The value that a server's text is; `undefined` for what is no JSON, or nested so deeply that writing it out would exhaust the stack. */
export function parseJson(text: string): unknown {
  try {
    scanJson(text, { duplicateKeys: 'allow', loneSurrogates: 'allow' })
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** True for an object that is no list. */
export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
