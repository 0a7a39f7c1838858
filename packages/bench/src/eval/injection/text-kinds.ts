import type { InjectionRow } from '../rows.ts'

/** What the goals speak of. */
export type HarmlessKind = 'trigger words' | 'chat' | 'documents' | 'system prompts' | 'other'
export type AttackKind = 'overrides' | 'other families'

// By the names of the subsets of public collections; what is not named here is `other`.
const harmless: readonly (readonly [HarmlessKind, RegExp])[] = [
  ['system prompts', /^system-prompt/],
  ['trigger words', /^(spikee-fp|cyber-benign|security-doc|arcanum-doc|hard-negative)/],
  ['documents', /^(document-|doc$|latent-context|task-definition)/],
  [
    'chat',
    /^(chat|customer-support|instruction|qa|wildguard|deepset|multilingual|code-request|role)/,
  ],
]
const overrides =
  /^(deepset|prompt-extraction|direct|giskard|jailbreak|llm-confid|patt|psfuzz-dan|override)/

/** Which harmless texts a row is one of, by its subset. */
export function harmlessKind({ subset = '' }: InjectionRow): HarmlessKind {
  return harmless.find(([, pattern]) => pattern.test(subset))?.[0] ?? 'other'
}

/** Overrides of instructions, persona jailbreaks and extraction of prompts, or something newer. */
export function attackKind({ subset = '' }: InjectionRow): AttackKind {
  return overrides.test(subset) ? 'overrides' : 'other families'
}
