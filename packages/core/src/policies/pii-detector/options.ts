import type { OptionsOf } from '../json-schema.ts'
import type { schema } from './schema.ts'

/** Options of `pii-detector` after validation. */
export type PiiDetectorOptions = OptionsOf<typeof schema>
