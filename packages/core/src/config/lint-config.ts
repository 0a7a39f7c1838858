import type { PolicyDefinition } from '../policies/policy.ts'
import { builtinPolicies } from '../policies/registry.ts'
import { buildConfig } from './build-config.ts'
import { checkAccess } from './check-access.ts'
import { checkAuditStore } from './check-audit-store.ts'
import { checkCallbacks } from './check-callbacks.ts'
import { checkChain } from './check-chain.ts'
import { checkPack } from './check-pack.ts'
import { checkPolicies } from './check-policies.ts'
import { checkTargets } from './check-targets.ts'
import { checkTesting } from './check-testing.ts'
import type { Config, ConfigIssue } from './config.ts'
import type { ConfigNode } from './config-node.ts'
import type { ConfigValues } from './config-schema.ts'
import { configSchema } from './config-schema.ts'
import type { ConfigSource } from './config-source.ts'
import { layerNodes } from './layer-nodes.ts'
import { readConfigFile } from './read-config-file.ts'
import { sortIssues } from './sort-issues.ts'
import { validateNode } from './validate-node.ts'

/** What there is to say about a configuration: `config` is `null` when an issue is an error. */
export interface LintResult {
  readonly config: Config | null
  /** In file order. */
  readonly issues: readonly ConfigIssue[]
}

/** Like `parseConfig`, but returns the problems instead of throwing them. */
export function lintConfig(
  sources: string | readonly ConfigSource[],
  { policies = builtinPolicies }: { readonly policies?: readonly PolicyDefinition[] } = {},
): LintResult {
  const list = typeof sources === 'string' ? [{ text: sources, file: defaultName }] : sources
  const files = list.map((source) => source.file)
  const read = list.map((source) => readConfigFile(source, policies))
  const issues = read.flatMap((file) => file.issues)
  const roots = read.flatMap((file) => file.root ?? [])
  const [first, ...others] = roots
  if (first === undefined || roots.length < read.length) {
    return { config: null, issues: sortIssues(issues, files) }
  }
  return check(others.reduce<ConfigNode>(layerNodes, first), { issues, files, policies })
}

const defaultName = 'policy-config.yaml'

interface Context {
  readonly issues: readonly ConfigIssue[]
  readonly files: readonly string[]
  readonly policies: readonly PolicyDefinition[]
}

function check(root: ConfigNode, { issues: before, files, policies }: Context): LintResult {
  const validated = validateNode(root, configSchema)
  // Only read after the schema has accepted them; what it has not accepted is looked at through the nodes.
  const values = validated.values as ConfigValues
  const chain = checkChain(root, policies)
  const checked = checkPolicies(root, chain.definitions, policies)
  const targets = checkTargets(root, values.providers?.targets ?? [])
  const callbacks = checkCallbacks(root, values.callbacks ?? [])
  const testing = checkTesting(root)
  const issues = sortIssues(
    [
      ...before,
      ...validated.issues,
      ...checkPack(root),
      ...checkAccess(root),
      ...checkAuditStore(root),
      ...targets.issues,
      ...callbacks.issues,
      ...chain.issues,
      ...checked.issues,
      ...testing.issues,
    ],
    files,
  )
  if (issues.some(({ severity }) => severity === 'error')) return { config: null, issues }
  const parts = {
    ...{ values, files, targets: targets.targets, callbacks: callbacks.callbacks },
    ...{ chain: checked.chain, tests: testing.tests, warnings: issues },
  }
  return { config: buildConfig(parts), issues }
}
