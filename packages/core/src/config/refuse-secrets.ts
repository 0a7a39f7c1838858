import type { ConfigIssue } from './config.ts'
import type { ConfigNode, ListNode, MapNode } from './config-node.ts'
import { nodeAt, withEntry, withoutEntries } from './config-node.ts'
import { looksLikeSecret } from './describe-value.ts'
import type { IssueText } from './issue-at.ts'
import { issueAtKey } from './issue-at.ts'
import type { Available } from './refuse-unavailable.ts'

/** Matches keys under which people put a secret itself, as in `api_key`, `apiKey` or `token`; not `api_key_header`. */
const secretKey = /^(api[_-]?key|key|token|bearer|secret|secret_key|password|authorization)$/i

/** Takes secrets that were written into targets out and reports them, without repeating them. */
export function refuseSecrets(root: ConfigNode): Available {
  const issues: ConfigIssue[] = []
  const targets = nodeAt(root, ['providers', 'targets'])
  const providers = nodeAt(root, ['providers'])
  if (root.kind !== 'map' || providers?.kind !== 'map' || targets?.kind !== 'list') {
    return { root, issues }
  }
  const items = targets.items.map((item) =>
    item.kind === 'map' ? cleanTarget(item, issues) : item,
  )
  const cleaned: ListNode = { ...targets, items }
  const rest = withEntry(root, 'providers', withEntry(providers, 'targets', cleaned))
  return { root: rest, issues }
}

function cleanTarget(target: MapNode, issues: ConfigIssue[]): MapNode {
  const literal = [...target.entries.keys()].filter((key) => secretKey.test(key))
  for (const key of literal) {
    const node = target.entries.get(key)
    if (node !== undefined) issues.push(issueAtKey(node, literalSecret(key)))
  }
  return cleanReference(withoutEntries(target, literal), issues)
}

/** `secret_key_ref: sk-…` and `{env: sk-…}`. */
function cleanReference(target: MapNode, issues: ConfigIssue[]): MapNode {
  const reference = target.entries.get('secret_key_ref')
  if (reference === undefined) return target
  const value = reference.kind === 'map' ? reference.entries.get('env') : reference
  if (value?.kind !== 'scalar' || typeof value.value !== 'string') return target
  if (!looksLikeSecret(value.value)) return target
  issues.push(issueAtKey(value, { ...literalSecret('env'), message: notAName }))
  return withoutEntries(target, ['secret_key_ref'])
}

const notAName =
  'Found what looks like the secret itself, expected the name of an environment variable'

function literalSecret(key: string): IssueText {
  return {
    code: 'E019',
    message: `"${key}" holds a secret: whoever reads the file has it, and it ends up in backups and repositories`,
    suggestion:
      'Put it into an environment variable, renew it, and write secret_key_ref: {env: NAME}',
  }
}
