import { RE2JS } from 're2js'

/** Compiles a customer's regular expression for a linear-time engine; throws a one-line reason when it is not valid RE2 syntax. */
export function compilePattern(source: string): RE2JS {
  return RE2JS.compile(RE2JS.translateRegExp(source))
}

/** True when nothing but the 1,024 character limit bounds the pattern's matches. */
export function isUnbounded(source: string): boolean {
  return /(?<!\\)(?:\\\\)*(?:[*+]|\{\d+,\})/.test(source.replace(/\[(?:\\.|[^\]\\])*\]/g, '[]'))
}
