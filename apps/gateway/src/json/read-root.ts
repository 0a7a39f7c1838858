import type { JsonObject, ScanJsonOptions } from '@keeptrusts/core'
import { scanJson } from '@keeptrusts/core'
import { GatewayError } from '../errors/gateway-error.ts'

/** The object that a body is, with the place of everything in it. Throws `JsonSyntaxError`, and `GatewayError` `validation_error` for another kind of value. */
export function readRoot(text: string, options: ScanJsonOptions = {}): JsonObject {
  const root = scanJson(text, options)
  if (root.kind === 'object') return root
  throw new GatewayError('validation_error', { message: 'The body must be a JSON object.' })
}
