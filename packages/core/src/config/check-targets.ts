import type { SignedIn } from './check-sign-in.ts'
import { checkSignIn, checkTls } from './check-sign-in.ts'
import { checkUrl } from './check-url.ts'
import type { ConfigIssue, SignIn, Target, TlsFiles } from './config.ts'
import type { ConfigNode, MapNode, ScalarNode } from './config-node.ts'
import { nodeAt } from './config-node.ts'
import { isDatabricks, servingEndpoints } from './databricks-address.ts'
import { findPlaceholder } from './find-placeholder.ts'
import { issueAt, issueAtKey, issueAtValue } from './issue-at.ts'
import type { ResolvedProvider } from './resolve-provider.ts'
import { resolveProvider } from './resolve-provider.ts'
import type { TargetValues } from './target-schema.ts'

/** The targets that are usable, and what is wrong with the others. */
export interface CheckedTargets {
  readonly targets: readonly Target[]
  readonly issues: readonly ConfigIssue[]
}

/** What a schema can't say about targets: provider strings, URLs, unique ids. */
export function checkTargets(root: ConfigNode, values: readonly TargetValues[]): CheckedTargets {
  const issues: ConfigIssue[] = []
  const list = nodeAt(root, ['providers', 'targets'])
  if (list?.kind !== 'list') return { targets: [], issues }
  const targets = list.items.flatMap((node, index) => {
    const value = values[index]
    if (node.kind !== 'map' || typeof value !== 'object') return []
    const target = checkTarget(node, value, issues)
    return target === null ? [] : [target]
  })
  return { targets, issues: [...issues, ...findRepeatedIds(list.items)] }
}

function checkTarget(node: MapNode, values: TargetValues, issues: ConfigIssue[]): Target | null {
  const before = issues.length
  const provider = resolveProvider(node, issues)
  const written = checkBaseUrl(node, issues)
  if (provider === null || written === null) return null
  if (written === '' && provider.known.defaultBaseUrl === null)
    issues.push(noBaseUrl(node, provider))
  const onDatabricks =
    provider.provider === 'databricks' || (written !== '' && isDatabricks(written))
  const url = onDatabricks && written !== '' ? servingEndpoints(written) : written
  if (url !== written) issues.push(completed(node, url))
  const place: SignedIn = { node, url, tokenKey: 'secret_key_ref', isDatabricks: onDatabricks }
  const auth = checkSignIn(values, place, issues)
  const tls = checkTls(values, place, issues)
  if (issues.slice(before).some(({ severity }) => severity === 'error')) return null
  return toTarget({ node, values, provider, url, auth, tls })
}

function completed(target: MapNode, url: string): ConfigIssue {
  return issueAtValue(target.entries.get('base_url') ?? target, {
    code: 'E026',
    severity: 'warning',
    message: `Databricks serves models below /serving-endpoints, which is missing: ${url} is called`,
    suggestion: `Write base_url: ${url}`,
  })
}

/** `null` when it is wrong, empty when there is none. */
function checkBaseUrl(target: MapNode, issues: ConfigIssue[]): string | null {
  const node = target.entries.get('base_url')
  if (node === undefined) return ''
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return null
  const placeholder = findPlaceholder(node)
  if (placeholder !== null) {
    issues.push(placeholderLeft(node, placeholder))
    return null
  }
  const checked = checkUrl(node.value)
  if ('url' in checked) return checked.url
  issues.push(issueAtValue(node, checked.problem))
  return null
}

type FoundPlaceholder = NonNullable<ReturnType<typeof findPlaceholder>>

function placeholderLeft(node: ScalarNode, { text, position }: FoundPlaceholder): ConfigIssue {
  return issueAt(node.path, position, {
    code: 'E017',
    message: `The placeholder ${text} is still in the URL, expected the real value`,
    suggestion: text.startsWith('$')
      ? `Variables are not expanded here: write the value of ${text} itself`
      : `Replace ${text}, brackets included, as in ${exampleFor(text)}`,
  })
}

function exampleFor(text: string): string {
  return /workspace/i.test(text)
    ? 'https://adb-1234567890123456.7.azuredatabricks.net/serving-endpoints'
    : 'http://mlflow-server:5000/v1'
}

function noBaseUrl(node: MapNode, { provider }: ResolvedProvider): ConfigIssue {
  return issueAtKey(node, {
    code: 'E015',
    message: `"base_url" is missing in ${node.path}: provider "${provider}" has no public address`,
    suggestion:
      provider === 'databricks'
        ? 'Add base_url: https://<workspace host>/serving-endpoints'
        : 'Add base_url: http://<host>:<port>, the address of the model server',
  })
}

interface TargetParts {
  readonly node: MapNode
  readonly values: TargetValues
  readonly provider: ResolvedProvider
  readonly url: string
  readonly auth: SignIn | undefined
  readonly tls: TlsFiles | undefined
}

function toTarget({ node, values, provider, url, auth, tls }: TargetParts): Target {
  // The public API's own variable is never sent to an address that the file names.
  const publicSecret =
    url === '' && auth === undefined ? (provider.known.defaultSecretEnv ?? undefined) : undefined
  const secret = values.secret_key_ref?.env ?? publicSecret
  return {
    id: values.id ?? '',
    provider: provider.provider,
    mode: provider.mode,
    model: provider.model,
    ...(url === '' ? {} : { base_url: url }),
    ...(secret === undefined ? {} : { secret_env: secret }),
    api_key_header: values.api_key_header,
    api_key_prefix: values.api_key_prefix ?? defaultPrefix(values.api_key_header),
    ...(auth === undefined ? {} : { auth }),
    ...(tls === undefined ? {} : { tls }),
    timeouts: values.timeouts,
    mlflow: values.mlflow,
    position: nodeAt(node, ['provider'])?.at ?? node.at,
  }
}

/** Other headers, as `x-api-key`, carry the bare secret. */
function defaultPrefix(header: string): string {
  return header.toLowerCase() === 'authorization' ? 'Bearer ' : ''
}

function findRepeatedIds(items: readonly ConfigNode[]): readonly ConfigIssue[] {
  const seen = new Map<unknown, ConfigNode>()
  return items.flatMap((item) => {
    const id = nodeAt(item, ['id'])
    if (id?.kind !== 'scalar') return []
    const first = seen.get(id.value)
    if (first === undefined) {
      seen.set(id.value, id)
      return []
    }
    return [
      issueAtValue(id, {
        code: 'E016',
        message: `The target id ${JSON.stringify(id.value)} is taken by line ${first.at.line}, expected unique ids`,
        suggestion: 'Rename one of the two targets',
      }),
    ]
  })
}
