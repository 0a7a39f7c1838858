import type { PolicyDefinition, Spelling } from '../policies/policy.ts'
import type { ConfigIssue } from './config.ts'
import type { ConfigNode, MapNode } from './config-node.ts'
import {
  childPath,
  emptyMap,
  mapAt,
  nodeAt,
  toPlain,
  withEntry,
  withoutEntries,
} from './config-node.ts'
import { describeValue } from './describe-value.ts'
import { issueAtKey } from './issue-at.ts'

/** A document in one spelling, and where two spellings disagreed. */
export interface Folded {
  readonly root: ConfigNode
  readonly issues: readonly ConfigIssue[]
}

/**
 * Brings one file to the canonical spelling (decision C2): `policies.policy` moves to `policy`, short option names to
 * long ones, aliases of values to their names. Values keep the place where they were written.
 */
export function foldSpellings(root: ConfigNode, policies: readonly PolicyDefinition[]): Folded {
  if (root.kind !== 'map') return { root, issues: [] }
  const issues: ConfigIssue[] = []
  const lifted = listAudience(fillUnreadable(liftNestedPolicy(withoutEmpty(root), issues)))
  const policy = mapAt(lifted, 'policy')
  if (policy === null) return { root: lifted, issues }
  let blocks = policy
  for (const definition of policies) {
    const block = blocks.entries.get(definition.kind)
    if (block === undefined) continue
    blocks = withEntry(blocks, definition.kind, foldBlock(block, definition, issues))
  }
  return { root: withEntry(lifted, 'policy', blocks), issues }
}

/** `policy:` with everything below it commented out means no settings. */
function withoutEmpty(root: MapNode): MapNode {
  return withoutEntries(
    root,
    optionalSections.filter((key) => isNothing(root.entries.get(key))),
  )
}

const optionalSections =
  'policy enforcement access audit_store callbacks size_limits testing'.split(' ')

function isNothing(node: ConfigNode | undefined): boolean {
  return node?.kind === 'scalar' && node.value === null
}

/** Decision C1. */
function liftNestedPolicy(root: MapNode, issues: ConfigIssue[]): MapNode {
  const policies = mapAt(root, 'policies')
  const nested = policies?.entries.get('policy')
  if (policies === null || nested === undefined) return root
  const outer = root.entries.get('policy')
  const rest = withEntry(root, 'policies', withoutEntries(policies, ['policy']))
  if (outer === undefined) return withEntry(rest, 'policy', nested)
  issues.push(
    issueAtKey(nested, {
      code: 'E022',
      message: `"policies.policy" is here and "policy" in line ${outer.keyAt.line}, expected one of them`,
      suggestion: 'Move its settings to the top-level policy and remove this one',
    }),
  )
  return rest
}

/** `on_unscannable: block` means every kind of it. */
function fillUnreadable(root: MapNode): MapNode {
  const enforcement = mapAt(root, 'enforcement')
  const value = enforcement?.entries.get('on_unscannable')
  if (enforcement === null || value?.kind !== 'scalar' || typeof value.value !== 'string')
    return root
  let all = emptyMap(value)
  for (const kind of ['token_array', 'stored_context', 'media']) all = withEntry(all, kind, value)
  return withEntry(root, 'enforcement', withEntry(enforcement, 'on_unscannable', all))
}

/** `access.jwt.audience: name` means that one. */
function listAudience(root: MapNode): MapNode {
  const access = mapAt(root, 'access')
  const jwt = access === null ? null : mapAt(access, 'jwt')
  const value = jwt?.entries.get('audience')
  if (access === null || jwt === null || value?.kind !== 'scalar') return root
  if (typeof value.value !== 'string') return root
  const { path, at, keyAt } = value
  const list = { kind: 'list', path, at, keyAt, items: [value] } as const
  return withEntry(root, 'access', withEntry(access, 'jwt', withEntry(jwt, 'audience', list)))
}

function foldBlock(
  block: ConfigNode,
  definition: PolicyDefinition,
  issues: ConfigIssue[],
): ConfigNode {
  // `pii-detector:` with nothing after it means its defaults.
  if (isNothing(block)) return emptyMap(block)
  if (block.kind !== 'map') return block
  let folded = block
  for (const spelling of definition.spellings ?? []) {
    folded = foldSpelling(folded, spelling, issues)
  }
  for (const [path, aliases] of Object.entries(definition.valueAliases ?? {})) {
    folded = replaceAt(folded, path.split('.'), (node) => foldValue(node, aliases))
  }
  return folded
}

function foldSpelling(
  block: MapNode,
  [alias, canonical]: Spelling,
  issues: ConfigIssue[],
): MapNode {
  const short = nodeAt(block, alias.split('.'))
  if (short === null) return block
  const rest = removeAt(block, alias.split('.'))
  const long = nodeAt(rest, canonical.split('.'))
  if (long === null) return setAt(rest, canonical.split('.'), short)
  if (!sameValue(short, long)) issues.push(conflict(short, long))
  return rest
}

function conflict(short: ConfigNode, long: ConfigNode): ConfigIssue {
  return issueAtKey(short, {
    code: 'E012',
    message: `${describeValue(short)} here and ${describeValue(long)} under ${long.path} in line ${long.keyAt.line} set the same option`,
    suggestion: `Keep one of the two spellings`,
  })
}

function sameValue(a: ConfigNode, b: ConfigNode): boolean {
  return JSON.stringify(toPlain(a)) === JSON.stringify(toPlain(b))
}

function removeAt(map: MapNode, [step = '', ...rest]: readonly string[]): MapNode {
  if (rest.length === 0) return withoutEntries(map, [step])
  const inner = map.entries.get(step)
  return inner?.kind === 'map' ? withEntry(map, step, removeAt(inner, rest)) : map
}

/** Leaves a map alone whose way to the place is blocked by another value: validation reports that value. */
function setAt(map: MapNode, [step = '', ...rest]: readonly string[], value: ConfigNode): MapNode {
  if (rest.length === 0) return withEntry(map, step, value)
  const here = { path: childPath(map.path, step), at: value.at, keyAt: value.keyAt }
  const inner = map.entries.get(step) ?? emptyMap(here)
  return inner.kind === 'map' ? withEntry(map, step, setAt(inner, rest, value)) : map
}

function replaceAt(
  map: MapNode,
  [step = '', ...rest]: readonly string[],
  change: (node: ConfigNode) => ConfigNode,
): MapNode {
  const inner = map.entries.get(step)
  if (inner === undefined) return map
  if (rest.length === 0) return withEntry(map, step, change(inner))
  return inner.kind === 'map' ? withEntry(map, step, replaceAt(inner, rest, change)) : map
}

function foldValue(node: ConfigNode, aliases: Readonly<Record<string, string>>): ConfigNode {
  if (node.kind === 'map') return node
  if (node.kind === 'scalar') return rename(node, aliases)
  // SSN and US_SSN side by side are one entity written twice, not a mistake worth an error.
  const seen = new Set(node.items.filter((item) => rename(item, aliases) === item).map(toPlain))
  const items = node.items.flatMap((item) => {
    const renamed = rename(item, aliases)
    if (renamed === item) return [item]
    if (seen.has(toPlain(renamed))) return []
    seen.add(toPlain(renamed))
    return [renamed]
  })
  return { ...node, items }
}

function rename(node: ConfigNode, aliases: Readonly<Record<string, string>>): ConfigNode {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return node
  if (!Object.hasOwn(aliases, node.value)) return node
  return { ...node, value: aliases[node.value] ?? node.value }
}
