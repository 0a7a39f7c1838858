import type { ConfigIssue } from './config.ts'
import type { ConfigNode } from './config-node.ts'

/** A file after YAML: `root` is `null` when it cannot be understood as a whole. */
export interface YamlFile {
  readonly root: ConfigNode | null
  readonly issues: readonly ConfigIssue[]
}
