import type { Saving } from '../policy.ts'
import { withoutEntry } from '../without-entry.ts'
import type { PromptInjectionOptions } from './options.ts'

/** What `encoding` may leave out, and what is no longer read then. */
const readings = {
  decode_base64: 'attacks in base64 and hexadecimal are then not read',
  normalize_unicode: 'escapes, leet, spaced-out, reversed and ROT13 text are then not read',
  detect_homoglyphs: 'letters of other scripts that look Latin are then not read as Latin',
} as const

/** What would make the policy cheaper: disguises that it need not undo, patterns of the customer. */
export function savings(options: PromptInjectionOptions): Saving<PromptInjectionOptions>[] {
  const { encoding, detection } = options
  const names = Object.keys(readings) as (keyof typeof readings)[]
  return [
    ...names
      .filter((name) => encoding[name])
      .map((name) => ({
        option: `encoding.${name}`,
        change: `set encoding.${name}: false`,
        loses: readings[name],
        options: { ...options, encoding: { ...encoding, [name]: false } },
      })),
    ...detection.attack_patterns.map((_, index) => ({
      option: `detection.attack_patterns[${index}]`,
      change: `narrow or drop detection.attack_patterns[${index}]`,
      loses: 'what only this pattern finds is then not found',
      options: {
        ...options,
        detection: {
          ...detection,
          attack_patterns: withoutEntry(detection.attack_patterns, index),
        },
      },
    })),
  ]
}
