import type { PolicyDefinition } from '../policies/policy.ts'
import type { ConfigIssue } from './config.ts'
import type { ConfigNode, ListNode } from './config-node.ts'
import { mapAt, nodeAt } from './config-node.ts'
import { quoteText } from './describe-value.ts'
import { issueAtKey, issueAtValue } from './issue-at.ts'
import { oldKindNames, policyCatalogue } from './policy-catalogue.ts'
import { closest } from './suggest.ts'

/** The kinds that run, in order, and what is wrong with the chain or with blocks that belong to no kind. */
export interface CheckedChain {
  readonly definitions: readonly PolicyDefinition[]
  readonly issues: readonly ConfigIssue[]
}

/** Checks `policies.chain` and the keys of `policy` against the kinds there are. */
export function checkChain(root: ConfigNode, policies: readonly PolicyDefinition[]): CheckedChain {
  const chain = nodeAt(root, ['policies', 'chain'])
  const items = chain?.kind === 'list' ? chain.items : []
  const named = items.flatMap((item) => definitionOf(item, policies) ?? [])
  const issues = [
    ...(chain?.kind === 'list' ? checkEmpty(chain) : []),
    ...items.flatMap((item) => checkItem(item, policies)),
    ...findRepeated(items),
    ...findWithoutBlock(root, items, policies),
    ...checkBlocks(root, items, policies),
  ]
  return { definitions: [...new Set(named)], issues }
}

function definitionOf(
  item: ConfigNode,
  policies: readonly PolicyDefinition[],
): PolicyDefinition | undefined {
  return item.kind === 'scalar' ? policies.find(({ kind }) => kind === item.value) : undefined
}

function checkEmpty(chain: ListNode): readonly ConfigIssue[] {
  if (chain.items.length > 0) return []
  return [
    issueAtKey(chain, {
      code: 'E025',
      severity: 'warning',
      message: 'The chain is empty: every call passes unchecked',
      suggestion: 'Write chain: [prompt-injection, pii-detector, audit-logger]',
    }),
  ]
}

function checkItem(
  item: ConfigNode,
  policies: readonly PolicyDefinition[],
): readonly ConfigIssue[] {
  if (item.kind !== 'scalar' || typeof item.value !== 'string' || item.value === '') return []
  if (definitionOf(item, policies) !== undefined) return []
  const later = unavailableKind(item.value)
  if (later === null) return [issueAtValue(item, unknownKind(item.value, policies))]
  return [
    issueAtValue(item, {
      code: 'E011',
      message: `The policy "${item.value}" is known, not available in this version: nothing would enforce it`,
      suggestion: later || 'Remove it from the chain',
    }),
  ]
}

/** What to use meanwhile (may be empty), or `null` for a kind that the product does not know. */
function unavailableKind(kind: string): string | null {
  return Object.hasOwn(policyCatalogue, kind) ? (policyCatalogue[kind]?.instead ?? '') : null
}

function unknownKind(kind: string, policies: readonly PolicyDefinition[]) {
  const available = policies.map((definition) => definition.kind)
  const old = Object.hasOwn(oldKindNames, kind) ? oldKindNames[kind] : undefined
  const hint = old ?? closest(kind, [...available, ...Object.keys(policyCatalogue)])
  return {
    code: 'E001',
    message: `${quoteText(kind)} is not a policy kind`,
    suggestion: `${hint === null ? '' : `Did you mean "${hint}"? `}Available: ${available.join(', ')}`,
  } as const
}

function findRepeated(items: readonly ConfigNode[]): readonly ConfigIssue[] {
  const seen = new Map<unknown, ConfigNode>()
  return items.flatMap((item) => {
    if (item.kind !== 'scalar') return []
    const first = seen.get(item.value)
    if (first === undefined) {
      seen.set(item.value, item)
      return []
    }
    return [
      issueAtValue(item, {
        code: 'E016',
        message: `"${item.value}" is in the chain already (${first.path}), expected each kind once`,
        suggestion: 'Remove one of the two',
      }),
    ]
  })
}

function findWithoutBlock(
  root: ConfigNode,
  items: readonly ConfigNode[],
  policies: readonly PolicyDefinition[],
): readonly ConfigIssue[] {
  return items.flatMap((item) => {
    const definition = definitionOf(item, policies)
    if (definition === undefined || nodeAt(root, ['policy', definition.kind]) !== null) return []
    return [
      issueAtValue(item, {
        code: 'E003',
        severity: 'warning',
        message: `"${definition.kind}" is in the chain without settings: it runs with its defaults`,
        suggestion: `Add policy: {${definition.kind}: {…}} to choose them`,
      }),
    ]
  })
}

function checkBlocks(
  root: ConfigNode,
  items: readonly ConfigNode[],
  policies: readonly PolicyDefinition[],
): readonly ConfigIssue[] {
  const listed = new Set(items.map((item) => (item.kind === 'scalar' ? item.value : null)))
  return [...(mapAt(root, 'policy')?.entries ?? [])].flatMap(([kind, block]) => {
    const exists = policies.some((definition) => definition.kind === kind)
    if (!exists && unavailableKind(kind) === null) {
      return [issueAtKey(block, unknownKind(kind, policies))]
    }
    if (listed.has(kind)) return []
    return [
      issueAtKey(block, {
        code: 'E025',
        severity: 'warning',
        message: `"${kind}" has settings but is not in policies.chain: it does not run`,
        suggestion: exists
          ? `Add ${kind} to policies.chain, or remove the block`
          : 'Remove the block',
      }),
    ]
  })
}
