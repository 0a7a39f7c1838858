import { checkUrl } from './check-url.ts'
import type { ConfigIssue, SignIn, TlsFiles } from './config.ts'
import type { ConfigNode, MapNode, ScalarNode } from './config-node.ts'
import { nodeAt, textAt } from './config-node.ts'
import { isDatabricks } from './databricks-address.ts'
import { findPlaceholder } from './find-placeholder.ts'
import { issueAt, issueAtKey, issueAtValue } from './issue-at.ts'
import type { AuthValues, TlsValues } from './sign-in-schema.ts'

/** A target or a callback, for what both can have. */
export interface SignedIn {
  readonly node: MapNode
  /** Checked; empty when there is none. */
  readonly url: string
  /** Key of the reference to a token. */
  readonly tokenKey: 'secret_key_ref' | 'token_ref'
  readonly isDatabricks: boolean
}

/** What belongs to each way of signing in. */
const keysOf: Readonly<Record<string, readonly string[]>> = {
  bearer: [],
  basic: ['username_ref', 'password_ref'],
  oauth_m2m: ['client_id_ref', 'client_secret_ref', 'token_url', 'scope'],
}

/** What a schema can't say about `auth`. Returns it with its defaults; `undefined` for a token that is used as it is. */
export function checkSignIn(
  { auth }: { readonly auth?: AuthValues | undefined },
  place: SignedIn,
  issues: ConfigIssue[],
): SignIn | undefined {
  const node = nodeAt(place.node, ['auth'])
  if (auth === undefined || node?.kind !== 'map') return undefined
  issues.push(...findForeignKeys(node), ...checkToken(node, place))
  if (auth.type === 'basic')
    return {
      type: 'basic',
      username_env: auth.username_ref?.env ?? 'MLFLOW_TRACKING_USERNAME',
      password_env: auth.password_ref?.env ?? 'MLFLOW_TRACKING_PASSWORD',
    }
  if (auth.type !== 'oauth_m2m') return undefined
  const tokenUrl = checkTokenUrl(node, place, issues)
  const scope = auth.scope ?? (place.isDatabricks ? 'all-apis' : undefined)
  return {
    type: 'oauth_m2m',
    client_id_env: auth.client_id_ref?.env ?? 'DATABRICKS_CLIENT_ID',
    client_secret_env: auth.client_secret_ref?.env ?? 'DATABRICKS_CLIENT_SECRET',
    token_url: tokenUrl,
    ...(scope === undefined ? {} : { scope }),
  }
}

function findForeignKeys(node: MapNode): readonly ConfigIssue[] {
  const type = textAt(node, 'type') ?? ''
  return [...node.entries].flatMap(([key, value]) => {
    const owner = Object.keys(keysOf).find((name) => keysOf[name]?.includes(key))
    if (owner === undefined || owner === type || !(type in keysOf)) return []
    return [
      issueAtKey(value, {
        code: 'E014',
        message: `"${key}" belongs to auth.type: ${owner}, and this one is ${type}`,
        suggestion: `Write type: ${owner}, or remove "${key}"`,
      }),
    ]
  })
}

function checkToken(auth: MapNode, { node, tokenKey }: SignedIn): readonly ConfigIssue[] {
  const type = textAt(auth, 'type')
  const token = node.entries.get(tokenKey)
  if (type === 'bearer' && token === undefined)
    return [
      issueAtKey(auth, {
        code: 'E015',
        message: `auth.type is bearer and "${tokenKey}", which names the token, is missing in ${node.path}`,
        suggestion: `Add ${tokenKey}: {env: NAME}`,
      }),
    ]
  if (type === 'bearer' || type === null) return []
  const unused = findUnusedShape(node, auth)
  if (token === undefined) return unused
  return [
    ...unused,
    issueAtKey(token, {
      code: 'E012',
      message: `"${tokenKey}" and auth.type: ${type} in line ${auth.keyAt.line} are two ways to sign in at one server`,
      suggestion: 'Keep one of them',
    }),
  ]
}

/** How a key is sent says nothing about a sign-in that has its own way. */
function findUnusedShape(node: MapNode, auth: MapNode): readonly ConfigIssue[] {
  const shapes = ['api_key_header', 'api_key_prefix'].flatMap((key) => node.entries.get(key) ?? [])
  return shapes.map((shape) =>
    issueAtKey(shape, {
      code: 'E014',
      message: `With auth.type: ${textAt(auth, 'type')} in line ${auth.keyAt.line} credentials are sent in Authorization, not as this key says`,
      suggestion: 'Remove it',
    }),
  )
}

function checkTokenUrl(auth: MapNode, place: SignedIn, issues: ConfigIssue[]): string {
  const node = auth.entries.get('token_url')
  const isWritten = node?.kind === 'scalar' && typeof node.value === 'string'
  const url = isWritten ? writtenTokenUrl(node, issues) : knownTokenUrl(auth, place, issues)
  if (url !== '' && isOpen(url)) issues.push(inTheOpen(node ?? auth))
  return url
}

/** Empty when it is wrong. */
function writtenTokenUrl(node: ScalarNode, issues: ConfigIssue[]): string {
  const placeholder = findPlaceholder(node)
  if (placeholder !== null) {
    issues.push(
      issueAt(node.path, placeholder.position, {
        code: 'E017',
        message: `The placeholder ${placeholder.text} is still in token_url, expected the real value`,
      }),
    )
    return ''
  }
  const checked = checkUrl(String(node.value))
  if ('url' in checked) return checked.url
  issues.push(issueAtValue(node, checked.problem))
  return ''
}

/** Empty when there is none. */
function knownTokenUrl(auth: MapNode, place: SignedIn, issues: ConfigIssue[]): string {
  if (place.url !== '' && (place.isDatabricks || isDatabricks(place.url)))
    return `${new URL(place.url).origin}/oidc/v1/token`
  issues.push(
    issueAtKey(auth, {
      code: 'E015',
      message: `"token_url" is missing in ${auth.path}: only Databricks has a known address for tokens`,
      suggestion: 'Add token_url: https://<login server>/…/token',
    }),
  )
  return ''
}

/** True for an address that is reached over a network without TLS. */
function isOpen(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'http:' && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname)
}

function inTheOpen(node: ConfigNode): ConfigIssue {
  return issueAtKey(node, {
    code: 'E027',
    severity: 'warning',
    message:
      'The client secret is sent to fetch tokens from an http:// address, readable on the way',
    suggestion: 'Write an https:// token_url',
  })
}

/** What a schema can't say about `tls`. */
export function checkTls(
  { tls }: { readonly tls?: TlsValues | undefined },
  { node, url }: SignedIn,
  issues: ConfigIssue[],
): TlsFiles | undefined {
  const section = nodeAt(node, ['tls'])
  if (tls === undefined || section === null) return undefined
  const { ca_file: ca, cert_file: cert, key_file: key } = tls
  if ((cert === undefined) !== (key === undefined)) issues.push(half(section, cert === undefined))
  if (url.startsWith('http:'))
    issues.push(
      issueAtKey(section, {
        code: 'E025',
        severity: 'warning',
        message: 'The address begins with http://, where no certificate is used or checked',
        suggestion: 'Write https:// if the server has it, or remove "tls"',
      }),
    )
  return {
    ...(ca === undefined ? {} : { ca_file: ca }),
    ...(cert === undefined ? {} : { cert_file: cert }),
    ...(key === undefined ? {} : { key_file: key }),
  }
}

function half(section: ConfigNode, certIsMissing: boolean): ConfigIssue {
  const [missing, there] = certIsMissing ? ['cert_file', 'key_file'] : ['key_file', 'cert_file']
  return issueAtKey(section, {
    code: 'E015',
    message: `"${missing}" is missing beside "${there}": a client certificate needs both`,
    suggestion: `Add ${missing}, or remove ${there}`,
  })
}
