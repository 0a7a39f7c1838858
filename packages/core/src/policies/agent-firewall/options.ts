import type { OptionsOf } from '../json-schema.ts'
import type { schema } from './schema.ts'

/** Options of `agent-firewall` after validation. */
export type FirewallOptions = OptionsOf<typeof schema>
