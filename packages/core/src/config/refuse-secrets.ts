import type { ConfigIssue } from './config.ts'
import type { ConfigNode, ListNode, MapNode, NodePlace } from './config-node.ts'
import { nodeAt, withEntry, withoutEntries } from './config-node.ts'
import { looksLikeSecret } from './describe-value.ts'
import type { IssueText } from './issue-at.ts'
import { issueAtKey } from './issue-at.ts'
import type { Available } from './refuse-unavailable.ts'

/** Matches keys under which people put a secret itself, as in `api_key`, `apiKey` or `token`; not `api_key_header`. */
const secretKey =
  /^(api[_-]?key|key|token|bearer|secret|secret_key|client_secret|password|authorization)$/i

/** Takes secrets that were written into targets and callbacks out and reports them, without repeating them. */
export function refuseSecrets(root: ConfigNode): Available {
  const issues: ConfigIssue[] = []
  if (root.kind !== 'map') return { root, issues }
  const providers = nodeAt(root, ['providers'])
  const cleaned = providers?.kind === 'map' ? cleanList(providers, 'targets', issues) : null
  const rest = cleaned === null ? root : withEntry(root, 'providers', cleaned)
  return { root: cleanList(rest, 'callbacks', issues), issues }
}

function cleanList(map: MapNode, key: string, issues: ConfigIssue[]): MapNode {
  const list = map.entries.get(key)
  if (list?.kind !== 'list') return map
  const items = list.items.map((item) => (item.kind === 'map' ? cleanEntry(item, issues) : item))
  return withEntry(map, key, { ...list, items } satisfies ListNode)
}

function cleanEntry(entry: MapNode, issues: ConfigIssue[]): MapNode {
  const auth = entry.entries.get('auth')
  if (auth?.kind !== 'map') return cleanMap(entry, issues)
  return cleanMap(withEntry(entry, 'auth', cleanMap(auth, issues)), issues)
}

function cleanMap(map: MapNode, issues: ConfigIssue[]): MapNode {
  const literal = [...map.entries.keys()].filter((key) => secretKey.test(key))
  for (const key of literal) {
    const node = map.entries.get(key)
    if (node !== undefined) issues.push(issueAtKey(node, literalSecret(node, key)))
  }
  const references = [...map.entries.keys()].filter((key) => key.endsWith('_ref'))
  return references.reduce(
    (rest, key) => cleanReference(rest, key, issues),
    withoutEntries(map, literal),
  )
}

/** `secret_key_ref: sk-…` and `{env: sk-…}`. */
function cleanReference(map: MapNode, key: string, issues: ConfigIssue[]): MapNode {
  const reference = map.entries.get(key)
  const value = reference?.kind === 'map' ? reference.entries.get('env') : reference
  if (value?.kind !== 'scalar' || typeof value.value !== 'string') return map
  if (!looksLikeSecret(value.value)) return map
  issues.push(issueAtKey(value, { ...literalSecret(value, key), message: notAName }))
  return withoutEntries(map, [key])
}

const notAName =
  'Found what looks like the secret itself, expected the name of an environment variable'

function literalSecret({ path }: NodePlace, key: string): IssueText {
  return {
    code: 'E019',
    message: `"${key}" holds a secret: whoever reads the file has it, and it ends up in backups and repositories`,
    suggestion: `Put it into an environment variable, renew it, and write ${referenceFor(key, path)}: {env: NAME}`,
  }
}

function referenceFor(key: string, path: string): string {
  if (key.endsWith('_ref')) return key
  if (path.includes('.auth.')) return key === 'password' ? 'password_ref' : 'client_secret_ref'
  return path.startsWith('callbacks') ? 'token_ref' : 'secret_key_ref'
}
