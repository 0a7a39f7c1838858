import { errorEntry } from '@keeptrusts/core'
import type { Failure } from './failure.ts'
import { systemFailure } from './system-failure.ts'

/** Anything that was thrown, made presentable. What nobody expected becomes `internal-error` without its stack. */
export function toFailure(error: unknown): Failure {
  const failure = recognise(error)
  const entry = errorEntry(failure.code)
  const suggestion = failure.suggestion ?? entry?.fix
  return {
    code: failure.code,
    message: failure.message,
    ...(failure.where === undefined ? {} : { where: failure.where }),
    ...(suggestion === undefined ? {} : { suggestion }),
    exit: failure.exit ?? entry?.exit ?? 1,
  }
}

type Recognised = Omit<Failure, 'exit'> & { readonly exit?: number }

function recognise(error: unknown): Recognised {
  if (!(error instanceof Error)) return { code: 'internal-error', message: String(error) }
  if (isParseError(error)) return parseFailure(error)
  if (isCoded(error)) return withoutUndefined(error)
  return systemFailure(error) ?? { code: 'internal-error', message: firstLine(error.message) }
}

interface CodedError extends Error {
  readonly code: string
  readonly where?: string | undefined
  readonly suggestion?: string | undefined
  readonly exit?: number | undefined
}

/** Our own errors all carry `suggestion`, if only as undefined; those of Node never do. */
function isCoded(error: Error): error is CodedError {
  return 'code' in error && typeof error.code === 'string' && 'suggestion' in error
}

function withoutUndefined(error: CodedError): Recognised {
  const { code, message, where, suggestion, exit } = error
  return {
    code,
    message,
    ...(where === undefined ? {} : { where }),
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(exit === undefined ? {} : { exit }),
  }
}

interface ParseError extends Error {
  readonly oclif: { readonly exit?: number }
}

/** What the parser of flags and arguments throws. */
function isParseError(error: Error): error is ParseError {
  return 'oclif' in error
}

function parseFailure(error: ParseError): Recognised {
  // The parser writes its messages over several lines, for a screen of its own.
  const text = error.message.replace(/\s*See more help with --help\s*$/, '')
  const own = text.replace(/^\s*The following errors? occurred:\s*/, '')
  const message = own.trim().replace(/:?\s*\n\s*/g, ': ')
  return { code: 'bad-flag', message, exit: error.oclif.exit ?? 2 }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}
