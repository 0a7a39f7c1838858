import type { OptionsOf } from '../json-schema.ts'
import type { schema } from './schema.ts'

/** Options of `rbac` after validation. */
export type RbacOptions = OptionsOf<typeof schema>
