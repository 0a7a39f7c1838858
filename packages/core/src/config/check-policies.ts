import type { OptionProblem, PolicyDefinition } from '../policies/policy.ts'
import { adaptAction } from './adapt-action.ts'
import type { ChainPolicy, ConfigIssue } from './config.ts'
import type { ConfigNode, MapNode } from './config-node.ts'
import { childPath, emptyMap, mapAt, nearestNode, nodeAt } from './config-node.ts'
import { issueAt, issueAtValue } from './issue-at.ts'
import { optionHints, optionSchema } from './option-schema.ts'
import { fittingPart, validateNode } from './validate-node.ts'

/** The chain with its options, and what is wrong with the blocks under `policy`. */
export interface CheckedPolicies {
  readonly chain: readonly ChainPolicy[]
  readonly issues: readonly ConfigIssue[]
}

/** Validates every block whose kind exists, also those that do not run, and defaults those that are absent. */
export function checkPolicies(
  root: ConfigNode,
  inChain: readonly PolicyDefinition[],
  policies: readonly PolicyDefinition[],
): CheckedPolicies {
  const issues: ConfigIssue[] = []
  const chain = inChain.flatMap((definition) => {
    const checked = checkBlock(blockOf(root, definition), definition)
    issues.push(...checked.issues)
    return checked.policy === null ? [] : [checked.policy]
  })
  for (const definition of policies) {
    const block = nodeAt(root, ['policy', definition.kind])
    if (block === null || inChain.includes(definition)) continue
    issues.push(...checkBlock(block, definition).issues)
  }
  return { chain, issues }
}

/** An absent block is an empty one in the place where it would be. */
function blockOf(root: ConfigNode, { kind }: PolicyDefinition): ConfigNode {
  const block = nodeAt(root, ['policy', kind])
  if (block !== null) return block
  const parent = mapAt(root, 'policy') ?? root
  return emptyMap({ ...parent, path: childPath('policy', kind) })
}

interface CheckedBlock {
  readonly policy: ChainPolicy | null
  readonly issues: readonly ConfigIssue[]
}

function checkBlock(node: ConfigNode, definition: PolicyDefinition): CheckedBlock {
  const { block, issues: ofAction } = adaptAction(node, definition)
  const schema = optionSchema(definition)
  const ofSchema = validateNode(block, schema, optionHints(definition)).issues
  // One misspelt key must not hide what is wrong with the others.
  const fitting = ofSchema.length === 0 ? block : fittingPart(block, schema)
  const issues = [...ofAction, ...ofSchema]
  if (fitting?.kind !== 'map') return { policy: null, issues }
  const policy = toPolicy(definition, validateNode(fitting, schema).values as BlockValues)
  const problems = definition.check?.(policy.options) ?? []
  const beyond = problems.map((problem) => toIssue(problem, fitting))
  return { policy, issues: [...issues, ...checkDirection(fitting, policy), ...beyond] }
}

function toPolicy(definition: PolicyDefinition, values: BlockValues): ChainPolicy {
  const { mode = 'enforce', apply_to = 'both', ...options } = values
  return { kind: definition.kind, definition, options, mode, apply_to }
}

interface BlockValues extends Record<string, unknown> {
  readonly mode?: ChainPolicy['mode']
  readonly apply_to?: ChainPolicy['apply_to']
}

/** `apply_to: output` on a policy that reads requests only would switch it off unseen. */
function checkDirection(
  block: MapNode,
  { kind, definition, apply_to }: ChainPolicy,
): readonly ConfigIssue[] {
  const node = block.entries.get('apply_to')
  const needed = apply_to === 'input' ? 'request' : 'response'
  if (node === undefined || apply_to === 'both' || definition.directions.includes(needed)) return []
  const [reads, fix] =
    needed === 'response' ? (['requests', 'input'] as const) : (['answers', 'output'] as const)
  return [
    issueAtValue(node, {
      code: 'E014',
      message: `${kind} reads ${reads} only: with apply_to: ${apply_to} it would never run`,
      suggestion: `Write apply_to: ${fix}, or remove the line`,
    }),
  ]
}

function toIssue(problem: OptionProblem, block: MapNode): ConfigIssue {
  const steps = problem.path.split(/[.[\]]+/).filter((step) => step !== '')
  const node = nearestNode(block, steps)
  const written = nodeAt(block, steps)
  const path = written === null ? `${block.path}.${problem.path}` : written.path
  return issueAt(path, node === block ? block.keyAt : node.at, {
    code: problem.code ?? 'E014',
    severity: problem.severity ?? 'error',
    message: problem.message,
    suggestion: problem.suggestion,
  })
}
