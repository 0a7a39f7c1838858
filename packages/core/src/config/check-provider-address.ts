import { checkUrl } from './check-url.ts'
import type { ConfigIssue } from './config.ts'
import type { ConfigNode } from './config-node.ts'
import { nodeAt } from './config-node.ts'
import { findPlaceholder } from './find-placeholder.ts'
import { issueAt, issueAtValue } from './issue-at.ts'

/** What a schema can't say about an address over which keys come that tokens are trusted by. */
export function checkProviderAddress(
  root: ConfigNode,
  steps: readonly string[],
): readonly ConfigIssue[] {
  const node = nodeAt(root, steps)
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return []
  const key = steps.at(-1) ?? ''
  const placeholder = findPlaceholder(node)
  if (placeholder !== null)
    return [
      issueAt(node.path, placeholder.position, {
        code: 'E017',
        message: `The placeholder ${placeholder.text} is still in ${key}, expected the address of the identity provider`,
      }),
    ]
  // Some providers tell their keys apart by a query.
  const text = String(node.value)
  const checked = checkUrl(key === 'jwks_uri' ? text.replace(/\?[^#]*$/, '') : text)
  if ('problem' in checked) return [issueAtValue(node, checked.problem)]
  if (isPrivateWay(checked.url)) return []
  return [
    issueAtValue(node, {
      code: 'E018',
      message: `${key} begins with http://: who sits on the way could put in keys of their own`,
      suggestion: 'Write https://; http:// is for a provider on this machine',
    }),
  ]
}

function isPrivateWay(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname)
}
