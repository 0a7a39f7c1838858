import { checkProviderAddress } from './check-provider-address.ts'
import type { ConfigIssue } from './config.ts'
import type { ConfigNode, MapNode } from './config-node.ts'
import { nodeAt, toPlain } from './config-node.ts'
import { issueAtKey } from './issue-at.ts'

/** What a schema can't say about `access.oidc`: that its keys come safely, that it is OpenID at all, and that somebody can get in. */
export function checkOidc(root: ConfigNode): readonly ConfigIssue[] {
  const section = nodeAt(root, ['access', 'oidc'])
  if (section?.kind !== 'map') return []
  return [
    ...checkProviderAddress(root, ['access', 'oidc', 'issuer']),
    ...checkScopes(section),
    ...checkRoles(section),
  ]
}

/** OpenID Connect Core 1.0 §3.1.2.1: without this scope there is no ID token. */
function checkScopes(section: MapNode): readonly ConfigIssue[] {
  const list = section.entries.get('scopes')
  if (list?.kind !== 'list' || list.items.length === 0) return []
  if (list.items.some((item) => toPlain(item) === 'openid')) return []
  return [
    issueAtKey(list, {
      code: 'E014',
      message:
        'The scopes are without openid, which asks for the ID token that people sign in with',
      suggestion: 'Write scopes: [openid, email, …], or remove it',
    }),
  ]
}

function checkRoles(section: MapNode): readonly ConfigIssue[] {
  const map = section.entries.get('role_map')
  const isEmpty = map === undefined || (map.kind === 'map' && map.entries.size === 0)
  if (!isEmpty || section.entries.has('default_role')) return []
  return [
    issueAtKey(section, {
      code: 'E015',
      message: 'Nobody could sign in: neither role_map nor default_role gives a role to anybody',
      suggestion: 'Add role_map: {<value of the claim>: operator}, or default_role: viewer',
    }),
  ]
}
