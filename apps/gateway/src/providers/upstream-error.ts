import { decodeText } from './decode-text.ts'
import { findGuardrail } from './guardrail-error.ts'

/** What we take from an upstream's error body: facts, never its text. */
export interface UpstreamError {
  /** One of MLflow's and Databricks' own codes, else `null`. */
  readonly code: string | null
  /** The server says that it has no such model. */
  readonly unknownModel: boolean
  /** A web framework's own 404 or 405: the call reached no model. */
  readonly routerNotFound: boolean
  /** `mlflow server` refused the Host header. */
  readonly hostRefused: boolean
  /** An agent server has no function for this way of answering: none of its agent's code ran. */
  readonly noAgentFunction: boolean
  /** What a guardrail of the server found, from a closed list; `null` when no guardrail refused the call. */
  readonly guardrail: readonly string[] | null
  /** The adapter for scoring servers should try another form of the body (decision W4). */
  readonly schemaRefused: boolean
}

/** Reads the error shapes that model servers use: OpenAI, MLflow, Databricks, FastAPI, plain text, HTML, nothing. */
export function readUpstreamError(body: Uint8Array): UpstreamError {
  const text = decodeText(body) ?? ''
  const json = record(parse(text))
  const detail = json['detail']
  const error = record(json['error'])
  const code = knownCode(json['error_code'] ?? record(detail)['error_code'] ?? error['code'])
  return {
    code,
    unknownModel: isUnknownModel(detail, error['code']) || unknownCodes.has(json['error_code']),
    routerNotFound: isRouterNotFound(detail, text),
    noAgentFunction:
      detail === 'No stream function registered' || detail === 'No invoke function registered',
    guardrail: findGuardrail(json),
    hostRefused: /^\s*Invalid Host header/i.test(text),
    schemaRefused: isSchemaRefusal(json),
  }
}

/** Databricks' codes for an endpoint, or a path, that it does not have. */
const unknownCodes = new Set<unknown>(['ENDPOINT_NOT_FOUND', 'RESOURCE_DOES_NOT_EXIST'])

/** The pages that FastAPI and Werkzeug (MLflow's tracking server is a Flask application) have for unknown paths. */
function isRouterNotFound(detail: unknown, text: string): boolean {
  if (detail === 'Not Found' || detail === 'Method Not Allowed') return true
  return (
    text.length < 1000 &&
    /^<!doctype html>\s*<html lang="?en"?>\s*<title>40[45] (?:Not Found|Method Not Allowed)<\/title>\s*<h1>/i.test(
      text,
    )
  )
}

const codes = new Set(
  `BAD_REQUEST INVALID_PARAMETER_VALUE RESOURCE_ALREADY_EXISTS UNAUTHENTICATED CUSTOMER_UNAUTHORIZED
   PERMISSION_DENIED RESOURCE_DOES_NOT_EXIST ENDPOINT_NOT_FOUND NOT_FOUND RESOURCE_CONFLICT ALREADY_EXISTS
   ABORTED REQUEST_LIMIT_EXCEEDED RESOURCE_EXHAUSTED CANCELLED INTERNAL_ERROR INVALID_STATE DATA_LOSS
   NOT_IMPLEMENTED TEMPORARILY_UNAVAILABLE DEADLINE_EXCEEDED`.split(/\s+/),
)

function knownCode(value: unknown): string | null {
  return typeof value === 'string' && codes.has(value) ? value : null
}

function isUnknownModel(detail: unknown, errorCode: unknown): boolean {
  if (errorCode === 'model_not_found') return true
  if (record(detail)['error_code'] === 'RESOURCE_DOES_NOT_EXIST') return true
  return (
    typeof detail === 'string' && /^Route .{1,400} not found in the configuration\.?$/s.test(detail)
  )
}

const aboutSchema =
  /schema|missing inputs?|extra (?:inputs?|fields?|columns?|keys?)|unexpected (?:inputs?|fields?|keys?|keyword)|not permitted|type hint|expected \w+,? but got|incompatible input types/i

/**
 * A 400 that names extra fields or a schema. MLflow puts the input itself into the message, before the last
 * `Error: `: only what follows is looked at, so that a prompt about schemas is no reason for a second call.
 */
function isSchemaRefusal(json: Readonly<Record<string, unknown>>): boolean {
  const code = knownCode(json['error_code'])
  const { message } = json
  if (typeof message !== 'string') return false
  if (code !== 'BAD_REQUEST' && code !== 'INVALID_PARAMETER_VALUE') return false
  return aboutSchema.test(message.slice(Math.max(0, message.lastIndexOf('Error: '))))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? (value as Record<string, unknown>) : {}
}
