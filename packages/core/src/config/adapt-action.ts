import type { PolicyDefinition } from '../policies/policy.ts'
import type { ConfigIssue } from './config.ts'
import type { ConfigNode, MapNode, ScalarNode } from './config-node.ts'
import { nodeAt, withEntry, withoutEntries } from './config-node.ts'
import { issueAtValue } from './issue-at.ts'

/** A policy's block whose `action` is one that its schema knows. */
export interface AdaptedAction {
  readonly block: ConfigNode
  readonly issues: readonly ConfigIssue[]
}

/**
 * Decision C3: `action: log` is `mode: monitor`, and `action: escalate` needs people to escalate to, which this version
 * does not have. Both hold for every kind, also for one whose schema lists the words for editors.
 */
export function adaptAction(block: ConfigNode, definition: PolicyDefinition): AdaptedAction {
  if (block.kind !== 'map') return { block, issues: [] }
  for (const steps of [['action'], ['response', 'action']]) {
    const action = nodeAt(block, steps)
    if (action?.kind !== 'scalar') continue
    if (action.value === 'log') return toMonitor(removeAt(block, steps), action)
    if (action.value === 'escalate') {
      return { block: removeAt(block, steps), issues: [noEscalation(action, definition)] }
    }
  }
  return { block, issues: [] }
}

function removeAt(block: MapNode, [step = '', ...rest]: readonly string[]): MapNode {
  if (rest.length === 0) return withoutEntries(block, [step])
  const inner = block.entries.get(step)
  return inner?.kind === 'map' ? withEntry(block, step, removeAt(inner, rest)) : block
}

function toMonitor(block: MapNode, action: ScalarNode): AdaptedAction {
  const mode = block.entries.get('mode')
  if (mode === undefined) {
    return { block: withEntry(block, 'mode', { ...action, value: 'monitor' }), issues: [] }
  }
  if (mode.kind !== 'scalar' || mode.value === 'monitor') return { block, issues: [] }
  const issue = issueAtValue(action, {
    code: 'E012',
    message: `"action: log" means mode: monitor, but line ${mode.at.line} says mode: ${mode.value}`,
    suggestion: 'Remove one of the two lines',
  })
  return { block, issues: [issue] }
}

function noEscalation(action: ScalarNode, definition: PolicyDefinition): ConfigIssue {
  const choices = definition.directions.length > 1 ? 'block or redact' : 'block'
  return issueAtValue(action, {
    code: 'E011',
    message: `"action: escalate" of ${definition.kind} is known, not available in this version: nobody would be asked`,
    suggestion: `Write action: ${choices}, or mode: monitor to record only`,
  })
}
