import { sanitize } from '../output/sanitize.ts'
import type { Style } from '../output/style.ts'
import type { Failure } from './failure.ts'

/** A failure for people, in the form of a compiler's message: what, where, how to fix it. Ends with a line break. */
export function formatFailure(failure: Failure, style: Style): string {
  const lines = [`${style.bad(`error[${failure.code}]`)}: ${sanitize(failure.message)}`]
  if (failure.where !== undefined) lines.push(`  --> ${sanitize(failure.where)}`)
  if (failure.suggestion !== undefined) lines.push(`  help: ${sanitize(failure.suggestion)}`)
  return `${lines.join('\n')}\n`
}
