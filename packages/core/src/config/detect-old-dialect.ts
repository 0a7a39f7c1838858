import type { ConfigIssue } from './config.ts'
import type { ConfigNode } from './config-node.ts'
import { mapAt, nodeAt, textAt } from './config-node.ts'
import { issueAtKey, issueAtValue } from './issue-at.ts'
import { oldKindNames } from './policy-catalogue.ts'

/**
 * Recognises documents of another shape and says what to write instead: the list dialect of early tutorials, and
 * documents with a single policy. Such a file needs rewriting, so nothing else is said about it.
 */
export function detectOldDialect(root: ConfigNode): readonly ConfigIssue[] {
  const findings = [
    ...detectSinglePolicy(root),
    ...detectPolicyList(root),
    ...detectProviderList(root),
  ]
  return [...findings, ...detectGatewayBlock(root), ...detectFileVersion(root)]
}

function detectSinglePolicy(root: ConfigNode): readonly ConfigIssue[] {
  const policy = mapAt(root, 'policy')
  const name = policy === null ? null : textAt(policy, 'name')
  if (policy === null || name === null || !policy.entries.has('enabled')) return []
  return [
    issueAtKey(policy, {
      code: 'E011',
      message: 'A document with a single policy is known, not available in this version',
      suggestion: `Write pack: {name, version}, policies: {chain: [${name}]} and put the sections under policy: {${name}: {…}}`,
    }),
  ]
}

function detectPolicyList(root: ConfigNode): readonly ConfigIssue[] {
  const policies = nodeAt(root, ['policies'])
  if (policies?.kind !== 'list') return []
  const kinds = policies.items.map((item) =>
    currentKind(textAt(item, 'type') ?? textAt(item, 'name')),
  )
  const chain = [...new Set(kinds.filter((kind) => kind !== null))].join(', ')
  return [
    issueAtKey(policies, {
      code: 'E020',
      message: '"policies" is a list, the form of early tutorials, expected a mapping with a chain',
      suggestion: `Write policies: {chain: [${chain || 'pii-detector, audit-logger'}]} and the settings of each under policy: {<kind>: {…}}`,
    }),
  ]
}

function currentKind(old: string | null): string | null {
  if (old === null || !/^[\w-]{1,40}$/.test(old)) return null
  return oldKindNames[old] ?? old.replaceAll('_', '-')
}

function detectProviderList(root: ConfigNode): readonly ConfigIssue[] {
  const providers = nodeAt(root, ['providers'])
  if (providers?.kind !== 'list') return []
  return [
    issueAtKey(providers, {
      code: 'E020',
      message: '"providers" is a list, expected a mapping with targets',
      suggestion:
        'Write providers: {targets: [{id: main, provider: "openai:chat:<model>", base_url: …}]}',
    }),
  ]
}

function detectGatewayBlock(root: ConfigNode): readonly ConfigIssue[] {
  const gateway = nodeAt(root, ['gateway'])
  if (gateway === null) return []
  return [
    issueAtKey(gateway, {
      code: 'E020',
      message:
        'A "gateway" section belongs to early tutorials; where to listen is no part of the policies',
      suggestion: 'Remove it and start with kt gateway run --listen 127.0.0.1:41002',
    }),
  ]
}

function detectFileVersion(root: ConfigNode): readonly ConfigIssue[] {
  const version = nodeAt(root, ['version'])
  if (version === null) return []
  return [
    issueAtValue(version, {
      code: 'E020',
      message: 'A "version" at the top level belongs to early tutorials',
      suggestion: 'Remove it; the version of your policies is pack.version',
    }),
  ]
}
