import { parseRange } from './address-range.ts'
import { checkJwt } from './check-jwt.ts'
import { checkOidc } from './check-oidc.ts'
import type { ConfigIssue } from './config.ts'
import type { ConfigNode } from './config-node.ts'
import { nodeAt } from './config-node.ts'
import { quoteText } from './describe-value.ts'
import { issueAtValue } from './issue-at.ts'

/** What a schema can't say about `access`: whose headers are trusted must be addresses, and so on. */
export function checkAccess(root: ConfigNode): readonly ConfigIssue[] {
  return [...checkTrusted(root), ...checkJwt(root), ...checkOidc(root)]
}

function checkTrusted(root: ConfigNode): readonly ConfigIssue[] {
  const list = nodeAt(root, ['access', 'trust_headers_from'])
  if (list?.kind !== 'list') return []
  return list.items.flatMap((item) => {
    if (item.kind !== 'scalar' || typeof item.value !== 'string' || item.value === '') return []
    if (parseRange(item.value) !== null) return []
    return [
      issueAtValue(item, {
        code: 'E014',
        message: `${quoteText(item.value)} is not an address, expected one as in 10.0.0.5 or a range as in 10.0.0.0/8`,
        suggestion: 'Names are not resolved here: write the address',
      }),
    ]
  })
}
