import type { ConfigIssue } from './config.ts'
import type { ConfigNode, MapNode } from './config-node.ts'
import { nodeAt, textAt } from './config-node.ts'
import { issueAtKey } from './issue-at.ts'

/** What belongs to each type of anchor. */
const keysOf: Readonly<Record<string, readonly string[]>> = {
  file: ['path'],
  syslog: ['address', 'facility', 'tag'],
  stdout: [],
}

/** What a schema can't say about `audit_store.anchors`. */
export function checkAnchors(root: ConfigNode): readonly ConfigIssue[] {
  const list = nodeAt(root, ['audit_store', 'anchors'])
  if (list?.kind !== 'list') return []
  return list.items.flatMap((item) =>
    item.kind === 'map' ? [...findForeignKeys(item), ...findMissingPath(item)] : [],
  )
}

function findForeignKeys(anchor: MapNode): readonly ConfigIssue[] {
  const type = textAt(anchor, 'type') ?? ''
  if (!Object.hasOwn(keysOf, type)) return []
  return [...anchor.entries].flatMap(([key, value]) => {
    const owner = Object.keys(keysOf).find((name) => keysOf[name]?.includes(key))
    if (owner === undefined || owner === type) return []
    return [
      issueAtKey(value, {
        code: 'E014',
        message: `"${key}" belongs to anchors of type ${owner}, and this one is ${type}`,
        suggestion: `Write type: ${owner}, or remove "${key}"`,
      }),
    ]
  })
}

function findMissingPath(anchor: MapNode): readonly ConfigIssue[] {
  if (textAt(anchor, 'type') !== 'file' || anchor.entries.has('path')) return []
  return [
    issueAtKey(anchor, {
      code: 'E015',
      message: `"path" is missing in ${anchor.path}: an anchor of type file needs it`,
      suggestion:
        'Add path: with a file on another disk or machine; without audit_store.anchors a file beside the configuration is used',
    }),
  ]
}
