import type { OptionsOf } from '../json-schema.ts'
import type { schema } from './schema.ts'

/** Options of `prompt-injection` after validation. */
export type PromptInjectionOptions = OptionsOf<typeof schema>
