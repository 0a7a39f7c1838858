import { entropyOf } from './entropy.ts'

/** What people write where a secret would stand, in any format. */
const stand =
  /example|x{5}|\*{3}|\.{3}|your[_-]|<|\$\{|\{\{|placeholder|change_?me|redacted|insert[_-]/i
/** The same in formats that do not say what they are: there ordinary words and lists of characters count too. */
const ordinary =
  /\$[a-z({]|%[a-z(]|\(|\[|\]|replace|dummy|sample|default|changeit|my[_-]?(?:api|app|secret|token|key|pass)|todo|fixme|goes[_-]?here|abcdef|abc123|012345|123456|987654|qwerty|foobar|lorem|secret|passw(?:or)?d|token|none|null|undefined|process\.env|os\.environ|getenv|config\.|string|function/i
const repeated = /^(.{1,4})\1{3,64}.{0,3}$/s

/** True for what stands for a secret without being one: `<your-api-key>`, `xxxxxxxx`, `${TOKEN}`, `…EXAMPLE`, one character over and over. */
export function isPlaceholder(value: string): boolean {
  return stand.test(value) || repeated.test(value)
}

/** True for what is not a secret either where only the name before it says so: words, code, counting. */
export function isOrdinary(value: string): boolean {
  return isPlaceholder(value) || ordinary.test(value) || isStaircase(value)
}

/**
 * True for what stands for a token that a prefix tells from everything else: counting, and placeholders that do not look random.
 * Letters of both cases and digits without order are a token, whatever they spell.
 */
export function isDummyToken(token: string): boolean {
  if (isStaircase(token)) return true
  const isMixed = /[a-z]/.test(token) && /[A-Z]/.test(token) && /[0-9]/.test(token)
  return isPlaceholder(token) && !(isMixed && entropyOf(token) >= randomBits)
}

/** Bits per character that random letters and digits of 30 characters and more have. */
const randomBits = 4

/** Characters that go up or down one by one, as in `abcdefgh` and `87654321`, for most of the text. */
function isStaircase(value: string): boolean {
  let steps = 0
  for (let index = 1; index < value.length; index += 1) {
    const step = value.charCodeAt(index) - value.charCodeAt(index - 1)
    if (step >= -1 && step <= 1) steps += 1
  }
  return steps > (value.length - 1) * 0.6
}
