import { isForbiddenAddress } from './forbidden-address.ts'
import type { IssueText } from './issue-at.ts'

/** A usable address, normalised and without a slash at the end, or what is wrong with it. */
export type CheckedUrl = { readonly url: string } | { readonly problem: IssueText }

/** Checks the `base_url` of a target (decisions C5, W5). Credentials in it are never repeated. */
export function checkUrl(text: string): CheckedUrl {
  if (/\s/.test(text)) return unusable('white space', 'Remove it')
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    return unusable(schemeOf(text), 'Write it as http://host:port/path or https://host/path')
  }
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return { problem: credentials }
  if (url.search !== '' || url.hash !== '' || /[?#]$/.test(text)) {
    return unusable('a query (?…) or a fragment (#…)', 'Write only host, port and path')
  }
  if (isForbiddenAddress(url.hostname)) return { problem: refused(url.hostname) }
  return { url: url.href.replace(/\/+$/, '') }
}

function schemeOf(text: string): string {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]
  if (scheme === undefined) return 'no http:// or https:// at its start'
  return /^https?$/i.test(scheme) ? 'a host that is not valid' : `the scheme ${scheme}://`
}

function unusable(found: string, suggestion: string): CheckedUrl {
  const message = `The URL has ${found}, expected an absolute http or https URL`
  return { problem: { code: 'E018', message, suggestion } }
}

const credentials: IssueText = {
  code: 'E019',
  message: 'The URL holds credentials (user:password@), which end up in logs',
  suggestion: 'Take them out, renew them, and name the variable with secret_key_ref: {env: NAME}',
}

function refused(host: string): IssueText {
  return {
    code: 'E024',
    message: `The URL leads to ${host}, a link-local or metadata address that is never called`,
    suggestion: 'Write the address of the model server',
  }
}
