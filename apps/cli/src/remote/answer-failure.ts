import type { IncomingHttpHeaders } from 'node:http'
import type { Elsewhere } from '../auth/choose-gateway.ts'
import { TOKEN_VARIABLE } from '../auth/token-variable.ts'
import type { CliErrorOptions } from '../errors/cli-error.ts'
import { CliError } from '../errors/cli-error.ts'

type Fields = Readonly<Record<string, unknown>>

/** What is refused when somebody signs in, and shows no token yet. */
const signInRefusals: ReadonlySet<string> = new Set(['wrong-password', 'oidc-token-refused'])

interface Refusal {
  readonly status: number
  readonly headers: IncomingHttpHeaders
}

/** A gateway elsewhere refused what it was asked, in its own words. */
export class RefusedElsewhere extends CliError {
  /** All of its answer, with `issues` when a configuration has errors. */
  readonly answer: Fields

  constructor(options: CliErrorOptions, answer: Fields) {
    super(options)
    this.answer = answer
  }
}

/** How a gateway elsewhere is called in messages. */
export function nameOf({ gateway }: Elsewhere): string {
  return `The gateway at ${gateway.url}`
}

/** What a gateway elsewhere refused, for people: its own code and words where it gave some. */
export function refused(
  elsewhere: Elsewhere,
  { status, headers }: Refusal,
  body: Fields | null,
): CliError {
  const said = errorIn(body)
  if (status === 401 && !signInRefusals.has(said?.code ?? '')) return sessionEnded(elsewhere)
  if (status >= 300 && status < 400) return redirected(elsewhere)
  if (status === 404 && said === null) return notThere(elsewhere)
  if (said === null) return withoutWords(elsewhere, status)
  const wait = status === 429 ? waitOf(headers) : undefined
  const suggestion = wait ?? said.suggestion ?? (status === 429 ? 'Try again later.' : undefined)
  const where = elsewhere.gateway.url
  return new RefusedElsewhere(
    { code: said.code, message: said.message, where, ...(suggestion && { suggestion }) },
    body ?? {},
  )
}

interface Said {
  readonly code: string
  readonly message: string
  readonly suggestion?: string
}

function errorIn(body: Fields | null): Said | null {
  const { code, message, suggestion } = (body?.['error'] ?? {}) as Fields
  if (typeof code !== 'string' || typeof message !== 'string') return null
  return { code, message, ...(typeof suggestion === 'string' && { suggestion }) }
}

function sessionEnded(elsewhere: Elsewhere): CliError {
  const { source, profile, gateway } = elsewhere
  return new CliError({
    code: 'session-expired',
    message: `${nameOf(elsewhere)} does not know the token: it has expired, was revoked, or belongs to another gateway.`,
    where: source === 'environment' ? TOKEN_VARIABLE : gateway.url,
    suggestion:
      source === 'environment'
        ? `Give a valid token in ${TOKEN_VARIABLE}.`
        : `Run kt auth login --profile ${profile}, with --oidc if you sign in at an OpenID provider.`,
  })
}

function redirected(elsewhere: Elsewhere): CliError {
  return new CliError({
    code: 'gateway-unreachable',
    message: `${nameOf(elsewhere)} points to another address. The token is not sent there.`,
    suggestion: 'Sign in to the address where the gateway really is: kt auth login --gateway URL.',
  })
}

function notThere(elsewhere: Elsewhere): CliError {
  return new CliError({
    code: 'control-request-invalid',
    message: `${nameOf(elsewhere)} does not know this request: it is of another version, or it is no Keeptrusts gateway.`,
    where: elsewhere.gateway.url,
  })
}

function withoutWords(elsewhere: Elsewhere, status: number): CliError {
  return new CliError({
    code: 'gateway-unreachable',
    message: `${nameOf(elsewhere)} answers with status ${status} and no reason.`,
    suggestion: 'Look at the log of the gateway, and at what stands between it and this machine.',
  })
}

function waitOf(headers: IncomingHttpHeaders): string | undefined {
  const seconds = Number(headers['retry-after'])
  return Number.isSafeInteger(seconds) && seconds > 0
    ? `Wait ${seconds} seconds and try again.`
    : undefined
}
