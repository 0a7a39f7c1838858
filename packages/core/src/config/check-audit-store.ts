import { checkAnchors } from './check-anchors.ts'
import type { ConfigIssue } from './config.ts'
import type { ConfigNode } from './config-node.ts'
import { nodeAt } from './config-node.ts'
import { issueAtValue } from './issue-at.ts'

/** What a schema can't say about `audit_store`, and its settings that take back what `audit-logger` in the chain promises. */
export function checkAuditStore(root: ConfigNode): readonly ConfigIssue[] {
  return [...checkContent(root), ...checkLogger(root)]
}

function checkLogger(root: ConfigNode): readonly ConfigIssue[] {
  const chain = nodeAt(root, ['policies', 'chain'])
  const items = chain?.kind === 'list' ? chain.items : []
  const anchors = checkAnchors(root)
  if (!items.some((item) => item.kind === 'scalar' && item.value === 'audit-logger')) return anchors
  return [...anchors, ...checkKind(root), ...checkFailure(root)]
}

function checkContent(root: ConfigNode): readonly ConfigIssue[] {
  const kind = nodeAt(root, ['audit_store', 'kind'])
  const content = nodeAt(root, ['audit_store', 'content'])
  if (kind?.kind !== 'scalar' || kind.value !== 'none' || content?.kind !== 'scalar') return []
  if (content.value !== 'redacted' && content.value !== 'full') return []
  return [
    issueAtValue(content, {
      code: 'E014',
      message: 'Without a store (kind: none) no content could be kept',
      suggestion: 'Remove content, or kind: none',
    }),
  ]
}

function checkKind(root: ConfigNode): readonly ConfigIssue[] {
  const kind = nodeAt(root, ['audit_store', 'kind'])
  if (kind?.kind !== 'scalar' || kind.value !== 'none') return []
  return [
    issueAtValue(kind, {
      code: 'E014',
      message: 'Without a store audit-logger, which is in the chain, could record nothing',
      suggestion: 'Remove kind: none, or take audit-logger out of policies.chain',
    }),
  ]
}

function checkFailure(root: ConfigNode): readonly ConfigIssue[] {
  const failure = nodeAt(root, ['audit_store', 'on_failure'])
  if (failure?.kind !== 'scalar' || failure.value !== 'open') return []
  return [
    issueAtValue(failure, {
      code: 'E025',
      severity: 'warning',
      message: 'With on_failure: open calls pass unrecorded while the log cannot be written',
      suggestion: 'Write closed to refuse them with 503 instead',
    }),
  ]
}
