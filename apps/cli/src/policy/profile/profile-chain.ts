import type { Config, EngineOptions } from '@keeptrusts/core'
import { measureChain } from './measure-chain.ts'
import { measureSavings } from './measure-savings.ts'
import type { Profile } from './profile.ts'
import type { PromptGroup } from './prompt-group.ts'
import type { Subject } from './subject.ts'
import { Chains } from './subject.ts'
import { slowFrom, summariseGroup } from './summarise.ts'

export interface ProfileOptions {
  readonly groups: readonly PromptGroup[]
  /** Of each prompt; as many as fit into ten seconds when absent. */
  readonly runs: number | undefined
  /** Where policies find their secrets. */
  readonly env: NonNullable<EngineOptions['env']>
}

/** Measures a chain on prompts. Throws `CliError` for a prompt that cannot be read. */
export async function profileChain(
  config: Config,
  { groups, runs, env }: ProfileOptions,
): Promise<Profile> {
  // Loads every policy, which most commands never have to do.
  const core = await import('@keeptrusts/core')
  const chains = new Chains(core, config, env)
  const subjects: { readonly group: PromptGroup; readonly subject: Subject }[] = []
  for (const group of groups)
    for (const prompt of group.prompts)
      subjects.push({ group, subject: await chains.admit(prompt) })
  const all = subjects.map(({ subject }) => subject)
  const samples = await measureChain(all, runs)
  const savings = await measureSavings(config, { chains, subjects: all })
  const kinds = config.chain.map(({ kind }) => kind)
  const of = (group: PromptGroup) => samples.filter((_, place) => subjects[place]?.group === group)
  const { max_body_bytes: mostBytes } = config.size_limits
  return {
    pack: { name: config.pack.name, version: config.pack.version },
    chain: config.chain.map(({ kind, mode }) => ({ kind, mode })),
    runs: samples[0]?.request.length ?? 0,
    groups: groups.map((group) => summariseGroup(group.name, kinds, of(group))),
    savings,
    slowFrom: slowFrom(samples, { limitMs: core.turnMs, mostBytes }),
    turnMs: core.turnMs,
  }
}
