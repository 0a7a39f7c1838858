import type { ConfigIssue } from './config.ts'
import type { ConfigNode } from './config-node.ts'
import { nodeAt } from './config-node.ts'
import { issueAtKey, issueAtValue } from './issue-at.ts'

/** Warnings about a configuration that is valid and cannot be run: a pack that is switched off, no target at all. */
export function checkPack(root: ConfigNode): readonly ConfigIssue[] {
  return [...checkEnabled(root), ...checkProviders(root)]
}

function checkEnabled(root: ConfigNode): readonly ConfigIssue[] {
  const enabled = nodeAt(root, ['pack', 'enabled'])
  if (enabled?.kind !== 'scalar' || enabled.value !== false) return []
  return [
    issueAtValue(enabled, {
      code: 'E025',
      severity: 'warning',
      message: 'The pack is switched off: kt gateway run refuses to start with it',
      suggestion: 'Write enabled: true',
    }),
  ]
}

function checkProviders(root: ConfigNode): readonly ConfigIssue[] {
  if (nodeAt(root, ['providers', 'targets']) !== null) return []
  return [
    issueAtKey(nodeAt(root, ['providers']) ?? root, {
      code: 'E025',
      severity: 'warning',
      message:
        'There is no providers.targets: the policies work in the library, the gateway has no model to call',
      suggestion:
        'Add providers: {targets: [{id: main, provider: "openai:chat:<model>", base_url: …}]}',
    }),
  ]
}
