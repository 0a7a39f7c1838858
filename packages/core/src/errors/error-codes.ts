import { accessCodes } from './access-codes.ts'
import { cliCodes } from './cli-codes.ts'
import { configCodes } from './config-codes.ts'
import type { ErrorEntry } from './error-entry.ts'
import { gatewayCodes } from './gateway-codes.ts'

/** Every code that Keeptrusts prints, answers or records, with its meaning and remedy. */
export const errorCodes = { ...configCodes, ...gatewayCodes, ...accessCodes, ...cliCodes } as const

/** A code of the table. */
export type ErrorCode = keyof typeof errorCodes

/** The entry of a code, or `null` for a code of a foreign policy or package. */
export function errorEntry(code: string): ErrorEntry | null {
  return Object.hasOwn(errorCodes, code) ? errorCodes[code as ErrorCode] : null
}

/** Where the documentation explains a code, relative to the repository: `docs/reference/errors.md#e001`. */
export function docsAnchor(code: ErrorCode): string {
  return `docs/reference/errors.md#${code.toLowerCase()}`
}
