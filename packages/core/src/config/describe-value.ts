import type { ConfigNode } from './config-node.ts'

/** What stands in the file, as the subject of "found …"; a value that may be a secret is not quoted. */
export function describeValue(node: ConfigNode): string {
  if (node.kind === 'map') return node.entries.size === 0 ? 'an empty mapping' : 'a mapping'
  if (node.kind === 'list') return node.items.length === 0 ? 'an empty list' : 'a list'
  if (node.value === null) return 'nothing'
  if (mayBeSecret(node)) return typeof node.value === 'string' ? 'a text' : 'a value'
  if (typeof node.value === 'string') return quoteText(node.value)
  return typeof node.value === 'number' ? `the number ${shorten(node.source)}` : `${node.value}`
}

/** A text in double quotes, cut after 60 characters. */
export function quoteText(text: string): string {
  return JSON.stringify(shorten(text))
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

/** Matches paths that hold credentials, as in `secret_key_ref`; not `max_tokens`. */
const secretPath =
  /secret|token(?!_array|s)|passw|api_?key(?!_header|_prefix)|authorization|credential/i

/** True for a place where people write secrets, and for texts that look like one. */
export function mayBeSecret(node: ConfigNode): boolean {
  if (secretPath.test(node.path)) return true
  return node.kind === 'scalar' && typeof node.value === 'string' && looksLikeSecret(node.value)
}

/** Matches the openings of keys and tokens that services hand out, and URLs with a password; not names of environment variables. */
const secretText =
  /(?:^|\s)(?:sk-|dapi[0-9a-f]{8}|gh[pousr]_|github_pat_|xox[abprs]-|AKIA[0-9A-Z]{8}|eyJ[\w-]{8}|kt_[a-z]+_|hf_\w{8}|glpat-|Bearer\s)|:\/\/[^/\s@]*@/

/** True for a text that looks like a secret itself. */
export function looksLikeSecret(text: string): boolean {
  return secretText.test(text)
}
