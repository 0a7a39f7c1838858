import type { OptionsOf } from '../json-schema.ts'
import type { schema } from './schema.ts'

/** Options of `tool-validation` after validation. */
export type ValidationOptions = OptionsOf<typeof schema>
