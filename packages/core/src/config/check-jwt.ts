import { checkProviderAddress } from './check-provider-address.ts'
import type { ConfigIssue } from './config.ts'
import type { ConfigNode } from './config-node.ts'

/** What a schema can't say about `access.jwt`. */
export function checkJwt(root: ConfigNode): readonly ConfigIssue[] {
  return ['issuer', 'jwks_uri'].flatMap((key) => checkProviderAddress(root, ['access', 'jwt', key]))
}
