import { CliError } from '../errors/cli-error.ts'

interface AddressRules {
  /** Where the address stands, for messages. */
  readonly where: string
  /** Take `http://` to another machine too. */
  readonly insecureHttp: boolean
}

/**
 * The address of a gateway elsewhere, checked and without a slash at its end. Throws `CliError`: `bad-flag` for what is no
 * address, `insecure-http` for one that would carry passwords and tokens over a network unencrypted.
 */
export function gatewayAddress(text: string, { where, insecureHttp }: AddressRules): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:'
  if (url === null || !isHttp || url.username || url.password || url.search || url.hash) {
    throw new CliError({
      code: 'bad-flag',
      message: 'This is not the address of a gateway.',
      where,
      suggestion: 'Write it like https://gateway.example.com:41002, without a user, "?" or "#".',
    })
  }
  if (isUnencrypted(url) && !insecureHttp) {
    throw new CliError({
      code: 'insecure-http',
      message: `${url.origin} is not encrypted: everybody on the way could read the password and the token.`,
      where,
    })
  }
  return url.href.replace(/\/+$/, '')
}

/** Whether what is sent there leaves this machine as plain text. */
export function isUnencrypted({ protocol, hostname }: URL): boolean {
  if (protocol === 'https:') return false
  return !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
}
