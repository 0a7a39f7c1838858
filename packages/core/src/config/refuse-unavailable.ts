import type { PolicyDefinition } from '../policies/policy.ts'
import type { ConfigIssue } from './config.ts'
import type { ConfigNode } from './config-node.ts'
import { nodeAt } from './config-node.ts'
import { issueAtKey } from './issue-at.ts'
import type { KnownKey } from './known-unavailable.ts'
import { knownUnavailable } from './known-unavailable.ts'

/** A document without the keys that this version only knows by name, and what was said about them. */
export interface Available {
  readonly root: ConfigNode
  readonly issues: readonly ConfigIssue[]
}

/** Takes known but unavailable keys out and reports each: an error for what would enforce something, else a warning. */
export function refuseUnavailable(
  root: ConfigNode,
  policies: readonly PolicyDefinition[],
): Available {
  const issues: ConfigIssue[] = []
  let rest = root
  for (const known of knownUnavailable) {
    if (isDefined(known.path, policies)) continue
    rest = removeAt(rest, known.path.split('.'), (node) => {
      const issue = describe(node, known)
      if (issue !== null) issues.push(issue)
      return issue === null && known.inSchema === true
    })
  }
  return { root: rest, issues }
}

/** True for an option that a definition has by now: its own schema decides then. */
function isDefined(path: string, policies: readonly PolicyDefinition[]): boolean {
  const [top, kind, ...steps] = path.split('.')
  if (top !== 'policy') return false
  const asked = policies.filter((definition) => kind === '*' || definition.kind === kind)
  return asked.some((definition) => {
    let schema: PolicyDefinition['schema'] | undefined = definition.schema
    for (const step of steps) schema = schema?.properties?.[step]
    return schema !== undefined
  })
}

/** `visit` says of each node at that place whether it stays. */
function removeAt(
  node: ConfigNode,
  steps: readonly string[],
  visit: (found: ConfigNode) => boolean,
): ConfigNode {
  const [step, ...rest] = steps
  if (step === undefined || node.kind === 'scalar') return node
  if (node.kind === 'list') {
    if (step !== '*') return node
    return { ...node, items: node.items.map((item) => removeAt(item, rest, visit)) }
  }
  const entries = new Map<string, ConfigNode>()
  for (const [key, value] of node.entries) {
    if (step !== '*' && step !== key) entries.set(key, value)
    else if (rest.length > 0) entries.set(key, removeAt(value, rest, visit))
    else if (visit(value)) entries.set(key, value)
  }
  return { ...node, entries }
}

function describe(node: ConfigNode, known: KnownKey): ConfigIssue | null {
  if (node.kind === 'scalar' && known.accepts?.includes(node.value)) return null
  const name = known.path.split('.').at(-1)
  const off = isSwitchedOff(node)
  return issueAtKey(node, {
    code: 'E011',
    severity: known.enforces && !off ? 'error' : 'warning',
    message: `"${name}" is known, not available in this version: nothing would ${known.would}`,
    suggestion: known.instead,
  })
}

function isSwitchedOff(node: ConfigNode): boolean {
  if (node.kind === 'scalar') return node.value === false || node.value === null
  const enabled = nodeAt(node, ['enabled'])
  return enabled?.kind === 'scalar' && enabled.value === false
}
