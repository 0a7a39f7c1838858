import type { PolicyDefinition } from '../policies/policy.ts'
import { leaveOutCallbacks } from './check-callbacks.ts'
import type { ConfigSource } from './config-source.ts'
import { describeValue } from './describe-value.ts'
import { detectOldDialect } from './detect-old-dialect.ts'
import { foldSpellings } from './fold-spellings.ts'
import { issueAtValue } from './issue-at.ts'
import { readYaml } from './read-yaml.ts'
import { refuseSecrets } from './refuse-secrets.ts'
import { refuseUnavailable } from './refuse-unavailable.ts'
import type { YamlFile } from './yaml-file.ts'

/**
 * One file in canonical spelling, without what this version only knows by name. It need not be a whole configuration:
 * that is checked after layering, so that a later file wins whatever spelling it uses.
 */
export function readConfigFile(
  source: ConfigSource,
  policies: readonly PolicyDefinition[],
): YamlFile {
  const { root, issues } = readYaml(source)
  if (root === null) return { root: null, issues }
  if (root.kind !== 'map') {
    const notAMapping = issueAtValue(root, {
      code: 'E013',
      message: `Found ${describeValue(root)} as the whole file, expected a mapping`,
      suggestion: 'Start with pack:, providers:, policies: and policy: in the first column',
    })
    return { root: null, issues: [...issues, notAMapping] }
  }
  const old = detectOldDialect(root)
  if (old.length > 0) return { root: null, issues: [...issues, ...old] }
  const secrets = refuseSecrets(root)
  const folded = foldSpellings(secrets.root, policies)
  const available = refuseUnavailable(folded.root, policies)
  const { root: rest, issues: later } = leaveOutCallbacks(available.root)
  return {
    root: rest,
    issues: [...issues, ...secrets.issues, ...folded.issues, ...available.issues, ...later],
  }
}
