import { entropyOf } from './entropy.ts'
import { isOrdinary } from './placeholder.ts'
import type { Rule } from './rule.ts'

const base = { category: 'credentials', type: 'CREDENTIAL', isGeneric: true } as const

/**
 * What is a secret in any system: private keys, tokens that say of themselves what they are, and values that stand behind
 * a name like `api_key` and look like nothing people write. They are for what no vendor's rule knows.
 */
export const genericRules: readonly Rule[] = [
  {
    ...base,
    id: 'private-key',
    type: 'PRIVATE_KEY',
    keywords: ['-----begin'],
    pattern:
      /-----BEGIN (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nrt]|["',\\+]){1,40}(?:(?:Proc-Type|DEK-Info|Version|Comment|Charset|Hash): ?[^\n\\]{0,80}(?:\s|\\[nrt]|["',\\+]){1,40}){0,4}[A-Za-z0-9+/=]{16,64}/d,
    goesOn: 'key-block',
  },
  {
    ...base,
    id: 'json-web-token',
    keywords: ['eyj'],
    pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,200}\.[A-Za-z0-9_-]{16,200}/d,
    reach: 420,
    check: isTokenHeader,
    goesOn: 'token',
  },
  {
    ...base,
    id: 'authorization-header',
    keywords: ['bearer', 'authorization'],
    pattern:
      /(?<![a-z])(?:bearer|authorization["']?\s{0,3}[:=]\s{0,3}["']?(?:basic|token))\s{1,3}(?<secret>[a-z0-9._~+/=-]{16,200})(?![a-z0-9._~+/=-])/di,
    reach: 260,
    check: (value) => looksRandom(value, 3.4),
  },
  {
    ...base,
    id: 'url-with-password',
    keywords: ['://'],
    holds: '@',
    pattern:
      /(?<![a-z0-9])[a-z][a-z0-9+.-]{1,24}:\/\/[^\s:@/?#"'<>`]{0,80}:(?<secret>[^\s:@/?#"'<>`]{3,128})@[a-z0-9[][a-z0-9.:[\]_-]{1,128}/di,
    reach: 260,
    check: (value) => !isSamplePassword(value),
  },
  {
    // A token that turns pages is no secret, and paging breaks without it.
    ...base,
    id: 'secret-assignment',
    keywords: [
      'secret',
      'token',
      'api_key',
      'apikey',
      'api-key',
      'api key',
      'access_key',
      'accesskey',
      'access-key',
      'auth_key',
      'authkey',
      'private_key',
      'privatekey',
      'credential',
      'client_key',
      'encryption_key',
      'signing_key',
      'account_key',
      'accountkey',
      'master_key',
    ],
    pattern:
      /(?<!(?:page|next|cursor|sync|continuation|continue|resume|paging)[_-]?)(?:secret|token|api[_ -]?key|access[_-]?key|auth[_-]?key|private[_-]?key|credential|client[_-]?key|encryption[_-]?key|signing[_-]?key|account[_-]?key|master[_-]?key)[a-z0-9_.-]{0,24}["'`\]]{0,2}\s{0,3}(?::=|=>|[:=])\s{0,3}["'`]?(?<secret>[a-z0-9+/_=~.-]{16,128})(?![a-z0-9+/_=~.([-])/di,
    reach: 220,
    check: (value) => looksRandom(value, 3.5),
  },
  {
    ...base,
    id: 'password-assignment',
    keywords: ['password', 'passwd', 'passphrase', 'pwd'],
    pattern:
      /(?:password|passwd|passphrase|pwd)["'`\]]{0,2}\s{0,3}(?::=|=>|[:=]|is:?)\s{0,3}["'`]?(?<secret>[^\s"'`,;<>(){}[\]\\]{8,64})(?![^\s"'`,;<>)}\]\\])/di,
    reach: 100,
    check: looksLikePassword,
  },
]

/** True for what people choose as a password and do not write otherwise: three of the four kinds of characters. */
function looksLikePassword(value: string): boolean {
  if (isOrdinary(value) || isReadable(value) || /:\/\//.test(value)) return false
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(value))
  return kinds.length >= 3 && /[0-9]/.test(value) && entropyOf(value) >= 2.7
}

const samplePassword =
  /^(?:user|pass|pw|pwd|root|admin|test|guest|postgres|mysql|redis|host|port)[a-z]{0,8}[0-9]{0,4}$/i

/** True for what stands in documentation where a URL has its password. */
function isSamplePassword(value: string): boolean {
  return isOrdinary(value) || samplePassword.test(value) || /^[0-9]{1,5}$/.test(value)
}

/** The payload that tutorials use: its subject is 1234567890. */
const samplePayload = /\.eyJzdWIiOiIxMjM0NTY3ODkwI/

/** True when the first part of a token is a JSON header that names an algorithm, and the rest is not the sample of every tutorial. */
function isTokenHeader(token: string): boolean {
  if (samplePayload.test(token)) return false
  const head = token.slice(0, token.indexOf('.'))
  try {
    return /"(?:alg|enc|typ|kid)"/.test(atob(head.replaceAll('-', '+').replaceAll('_', '/')))
  } catch {
    return false
  }
}

/** True for a value that no person would write as a word: letters and digits mixed, of at least so many bits per character. */
function looksRandom(value: string, leastBits: number): boolean {
  if (isOrdinary(value) || !/[0-9]/.test(value) || !/[a-z]/i.test(value)) return false
  if (entropyOf(value) < (/^[0-9a-f-]+$/i.test(value) ? 2.8 : leastBits)) return false
  return !isReadable(value)
}

const separators = /[._/=-]/

/** True for names, paths, versions and host names: parts that are words, or numbers. */
function isReadable(value: string): boolean {
  const parts = value.split(separators).filter((part) => part !== '')
  if (parts.length < 2) return false
  const words = parts.filter((part) =>
    /^(?:[a-z]{1,14}|[A-Z]?[a-z]{1,14}|[A-Z]{1,10}|[0-9]{1,6}|v[0-9]{1,3})$/.test(part),
  )
  return words.length > parts.length * 0.6
}
