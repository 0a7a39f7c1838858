import type { CallbackValues } from './callback-schema.ts'
import { checkSignIn, checkTls } from './check-sign-in.ts'
import { checkUrl } from './check-url.ts'
import type { ConfigIssue, MlflowCallback } from './config.ts'
import type { ConfigNode, MapNode } from './config-node.ts'
import { nodeAt, textAt, withEntry } from './config-node.ts'
import { isDatabricks } from './databricks-address.ts'
import { findPlaceholder } from './find-placeholder.ts'
import { issueAt, issueAtKey, issueAtValue } from './issue-at.ts'
import type { Available } from './refuse-unavailable.ts'

/** Services that the product reports to and this version does not. */
const laterTypes = ['datadog', 'helicone', 'langfuse', 'langsmith', 'otel', 'prometheus', 'wandb']

/** Takes callbacks of types that this version only knows by name out, with a warning: no protection depends on them. */
export function leaveOutCallbacks(root: ConfigNode): Available {
  const list = nodeAt(root, ['callbacks'])
  if (root.kind !== 'map' || list?.kind !== 'list') return { root, issues: [] }
  const isLater = (item: ConfigNode) => laterTypes.includes(textAt(item, 'type') ?? '')
  const issues = list.items.filter(isLater).map((item) =>
    issueAtValue(nodeAt(item, ['type']) ?? item, {
      code: 'E011',
      severity: 'warning',
      message: `Callback type "${textAt(item, 'type')}" is known, not available in this version: nothing is sent there`,
      suggestion: 'It can stay: no protection depends on it. Available: mlflow',
    }),
  )
  const items = list.items.filter((item) => !isLater(item))
  return { root: withEntry(root, 'callbacks', { ...list, items }), issues }
}

/** The callbacks that are usable, and what is wrong with the others. */
export interface CheckedCallbacks {
  readonly callbacks: readonly MlflowCallback[]
  readonly issues: readonly ConfigIssue[]
}

/** What a schema can't say about `callbacks`: addresses, ways to sign in. */
export function checkCallbacks(
  root: ConfigNode,
  values: readonly CallbackValues[],
): CheckedCallbacks {
  const issues: ConfigIssue[] = []
  const list = nodeAt(root, ['callbacks'])
  if (list?.kind !== 'list') return { callbacks: [], issues }
  const callbacks = list.items.flatMap((node, index) => {
    const value = values[index]
    if (node.kind !== 'map' || typeof value !== 'object') return []
    return checkCallback(node, value, issues) ?? []
  })
  return { callbacks, issues }
}

function checkCallback(
  node: MapNode,
  values: CallbackValues,
  issues: ConfigIssue[],
): MlflowCallback | null {
  const before = issues.length
  const url = checkTrackingUri(node, issues)
  if (url === null) return null
  const place = {
    node,
    url,
    tokenKey: 'token_ref' as const,
    isDatabricks: isDatabricks(url),
  }
  const auth = checkSignIn(values, place, issues)
  const tls = checkTls(values, place, issues)
  if (issues.slice(before).some(({ severity }) => severity === 'error')) return null
  const { token_ref: token, experiment, run_name, traces } = values
  const { flush_seconds, rotate_hours, queue_size } = values
  return {
    type: 'mlflow',
    tracking_uri: url,
    ...{ experiment, run_name, traces, flush_seconds, rotate_hours, queue_size },
    ...(token === undefined ? {} : { token_env: token.env }),
    ...(auth === undefined ? {} : { auth }),
    ...(tls === undefined ? {} : { tls }),
    position: node.at,
  }
}

function checkTrackingUri(callback: MapNode, issues: ConfigIssue[]): string | null {
  const node = callback.entries.get('tracking_uri')
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return null
  const placeholder = findPlaceholder(node)
  if (placeholder !== null) {
    issues.push(
      issueAt(node.path, placeholder.position, {
        code: 'E017',
        message: `The placeholder ${placeholder.text} is still in tracking_uri, expected the real value`,
        suggestion: 'Write the address, as in http://mlflow-tracking:5000',
      }),
    )
    return null
  }
  const checked = checkUrl(node.value)
  if ('url' in checked) return checked.url
  issues.push(
    node.value === 'databricks' || node.value.startsWith('databricks://')
      ? issueAtKey(node, notAnAddress)
      : issueAtValue(node, checked.problem),
  )
  return null
}

const notAnAddress = {
  code: 'E018',
  message:
    'tracking_uri: databricks is a name that MLflow looks up in its own files, expected the address of the workspace',
  suggestion: 'Write https://<workspace host>, and auth or token_ref',
} as const
