import type { Configuration, DeviceAuthorizationResponse } from 'openid-client'
import {
  allowInsecureRequests,
  clockTolerance,
  discovery,
  initiateDeviceAuthorization,
  None,
  pollDeviceAuthorizationGrant,
} from 'openid-client'
import { CliError } from '../../errors/cli-error.ts'
import { isUnencrypted } from '../gateway-address.ts'
import type { Provider } from './provider.ts'
import { codeExpired, providerFailure, providerInvalid } from './provider-failure.ts'

/** Where somebody approves a sign-in, and with which code. */
export interface DeviceCode {
  readonly page: string
  /** The page with the code filled in, where the provider has one. */
  readonly directPage: string | null
  readonly code: string
  /** How long it can be entered. */
  readonly seconds: number
}

/** Seconds for one answer of the provider. */
const answerSeconds = 10
/** Seconds by which the clocks of provider and this machine may differ. */
const toleratedSeconds = 60
/** Nobody looks for a page for longer, whatever the provider allows. */
const longestWaitSeconds = 1800

/**
 * Has somebody sign in at a provider in a browser, on this machine or any other (RFC 8628), and returns the ID token. `show` says where
 * and with which code. Throws `CliError`: `provider-unreachable`, `provider-invalid`, `provider-refused`, `device-flow-missing`,
 * `sign-in-denied`, `sign-in-expired`.
 */
export async function fetchIdToken(
  provider: Provider,
  show: (code: DeviceCode) => void,
): Promise<string> {
  try {
    const client = await discover(provider)
    const scope = provider.scopes.join(' ')
    const authorization = await initiateDeviceAuthorization(client, { scope })
    const code = readCode(authorization, provider)
    show(code)
    return await pollForToken(client, { authorization, code, provider })
  } catch (error) {
    throw providerFailure(error, provider.issuer)
  }
}

async function discover({ issuer, clientId }: Provider): Promise<Configuration> {
  const url = new URL(issuer)
  // `readProvider` let in only those on this machine.
  const execute = url.protocol === 'http:' ? [allowInsecureRequests] : []
  const options = { timeout: answerSeconds, execute }
  const metadata = { [clockTolerance]: toleratedSeconds }
  const client = await discovery(url, clientId, metadata, None(), options)
  if (client.serverMetadata().device_authorization_endpoint !== undefined) return client
  throw new CliError({
    code: 'device-flow-missing',
    message:
      'The OpenID provider has no device flow: its discovery document names no device_authorization_endpoint.',
    where: issuer,
  })
}

function readCode(authorization: DeviceAuthorizationResponse, { issuer }: Provider): DeviceCode {
  const {
    verification_uri: page,
    verification_uri_complete: direct,
    user_code: code,
  } = authorization
  if (!isPage(page)) throw providerInvalid('The page of the provider is not https://', issuer)
  const directPage = direct !== undefined && isPage(direct) ? direct : null
  const seconds = Math.min(Math.ceil(authorization.expires_in), longestWaitSeconds)
  return { page, directPage, code, seconds }
}

/** People open it, and type their password there. */
function isPage(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return /^https?:$/.test(url.protocol) && !isUnencrypted(url)
}

interface Polled {
  readonly authorization: DeviceAuthorizationResponse
  readonly code: DeviceCode
  readonly provider: Provider
}

async function pollForToken(
  client: Configuration,
  { authorization, code, provider: { issuer } }: Polled,
): Promise<string> {
  const signal = AbortSignal.timeout(code.seconds * 1000)
  try {
    const tokens = await pollDeviceAuthorizationGrant(client, authorization, undefined, { signal })
    if (tokens.id_token !== undefined) return tokens.id_token
  } catch (error) {
    throw signal.aborted ? codeExpired(issuer) : error
  }
  throw providerInvalid(
    'The provider sent no ID token',
    issuer,
    'Ask an admin: access.oidc.scopes must have openid.',
  )
}
