import type { OptionsOf } from '../json-schema.ts'
import type { schema } from './schema.ts'

/** Options of `dlp-filter` after validation. */
export type DlpFilterOptions = OptionsOf<typeof schema>
