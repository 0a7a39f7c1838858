import type { CredentialRule } from './credential-rule.ts'

type Facts = Omit<CredentialRule, 'pattern'> & {
  /** Source of a regular expression for the credential alone, bounded, without anchors. */
  readonly form: string
  /** `i` when upper and lower case do not matter. */
  readonly flags?: 'i'
}

interface TokenFacts extends Facts {
  /** Class of what may not follow; derived from the alphabet when absent, `null` for one that may go on beyond the reach. */
  readonly after?: string | null
}

interface KeyedFacts extends Facts {
  /** Source of a regular expression for the words that stand before the value, as `datadog|dd[_-]?api`. */
  readonly names: string
}

/** 8-4-4-4-12 hexadecimal digits. */
export const uuid = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}'

/** Lower-case hexadecimal digits, `count` of them. */
export const hex = (count: number) => `[a-f0-9]{${count}}`

/** ASCII letters and digits, `count` (`32` or `20,40`) of them. */
export const letters = (count: number | string) => `[A-Za-z0-9]{${count}}`

/** A rule for a credential that can be told by itself, mostly by its prefix: found wherever it stands. */
export function token({ form, flags, after, ...facts }: TokenFacts): CredentialRule {
  const alphabet = after ?? alphabetOf(form)
  const end = after === null ? '' : `(?!${alphabet})`
  const pattern = new RegExp(`(?<![A-Za-z0-9])(?<secret>${form})${end}`, `dg${flags ?? ''}`)
  const opens = facts.keywords.every((keyword) => form.toLowerCase().startsWith(keyword))
  const whole = { minEntropy: leastOfRandomText, ...(opens && { opens }), ...facts, pattern }
  if (after !== null) return whole
  return { ...whole, goesOn: form.includes('+/') ? 'run' : 'token' }
}

/**
 * A rule for a credential that looks like any other random text: found only as the value of something that is called by one of
 * `names`, in the ways in which values are written (`NAME=…`, `"name": "…"`, `name => …`, `<name>…`, `--name …`, `name is …`,
 * and a `value:` on the line below).
 */
export function keyed({ form, names, keywords, ...facts }: KeyedFacts): CredentialRule {
  const alphabet = alphabetOf(form)
  const pattern = new RegExp(
    `(?:${dashed(names)})${assignment}(?<!${alphabet})(?<secret>${form})(?!${alphabet})`,
    'dgi',
  )
  return { minEntropy: 2.8, check: looksRandom, ...facts, keywords: withDashes(keywords), pattern }
}

/** A rule for values of any form (passwords) of settings that are called by one of `names`; what stands for a value is no match. */
export function setting({ names, keywords, ...facts }: Omit<KeyedFacts, 'form'>): CredentialRule {
  const pattern = new RegExp(
    `(?:${dashed(names)})['"\\]]{0,2}[ \\t]{0,4}(?:=>|:=|=|:|>|,|,?\\s{1,16}"?value"?:)[ \\t]{0,4}['"]?(?<secret>[^\\s'"\`$<>{}(),;\\\\]{6,200})`,
    'dgi',
  )
  return { check: isNoPlaceholder, ...facts, keywords: withDashes(keywords), pattern }
}

/** Names with `_` are written with `-` on command lines and in headers, with `.` in property files, with a space in sentences. */
const dashed = (names: string) => names.replace(/(?<![[.])_/g, '[_. -]')

const withDashes = (keywords: readonly string[]) => [
  ...new Set(
    keywords.flatMap((keyword) => [...'_-. '].map((mark) => keyword.replaceAll('_', mark))),
  ),
]

/** Bits per character that random text of 20 characters and more always has, and `XXXXXXXX` behind a prefix has not. */
const leastOfRandomText = 2.5

/**
 * What stands between a name and its value: the rest of the name, quotes, a sign of assignment, `Bearer`, a new line. One short loop,
 * because V8 compiles anything with alternatives here into so much code that the first use of each rule takes 10 ms.
 */
const assignment = '[\\w\\s.,:=>\'"`()[\\]?-]{0,48}?'

/** What may not stand beside a credential: more of the characters that it is made of. */
function alphabetOf(form: string): string {
  const word = form.includes('\\w') ? '\\w-' : 'A-Za-z0-9'
  return form.includes('+/') ? `[${word}+/]` : `[${word}]`
}

/** Whether a text holds a digit, or changes between upper and lower case more often than words in a name do. */
function looksRandom(secret: string): boolean {
  if (/\d/.test(secret)) return true
  const changes = secret.match(/[a-z](?=[A-Z])|[A-Z](?=[a-z])/g)?.length ?? 0
  return changes >= secret.length * 0.4
}

/** Words that people write where a password would stand. */
const placeholders =
  /^(?:[x*.#-]{3,99}|(?:your|my|the|some)[_-]?.{0,40}|<.{0,60}|pass(?:word|wd|phrase)?\d{0,3}|pwd|test|foo|bar|secrets?|tokens?|changeme|change[_-]me|example.{0,20}|redacted|null|none|undefined|true|false|os\.environ.{0,60}|process\.env.{0,60}|env\..{0,60}|getenv.{0,60}|%[\w-]{1,40}%?)$/i

/** Whether a text is more than a word that stands for a value (`<password>`, `changeme`, `your-token`, `%PASS%`). */
export const isNoPlaceholder = (secret: string) => !placeholders.test(secret)
