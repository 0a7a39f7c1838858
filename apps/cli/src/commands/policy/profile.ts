import type { Config } from '@keeptrusts/core'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../base-command.ts'
import { toSafeJson } from '../../output/sanitize.ts'
import { styleFor } from '../../output/style.ts'
import { writeOut } from '../../output/write.ts'
import { pluginFlag } from '../../plugins/plugin-flag.ts'
import { loadPolicies } from '../../policy/load-policies.ts'
import { formatProfile } from '../../policy/profile/format-profile.ts'
import { makePrompts, usualSizes } from '../../policy/profile/made-up-prompt.ts'
import { profileChain } from '../../policy/profile/profile-chain.ts'
import { toProfileJson } from '../../policy/profile/profile-json.ts'
import type { PromptGroup } from '../../policy/profile/prompt-group.ts'
import { readPromptGroup } from '../../policy/profile/prompt-group.ts'
import { refuseTooLarge } from '../../policy/read-prompt.ts'
import { policyConfigFlag } from '../../policy-config-flag.ts'

/** `kt policy profile`: what each policy of a chain takes, on prompts of one's own or of given sizes. */
export default class PolicyProfile extends BaseCommand {
  static override summary = 'Measure how long each policy of a configuration takes.'
  static override description =
    `Runs the chain on prompts and on answers of the same text, many times, without a gateway or a model, and records nothing. Shows for each policy the median, the 99th percentile, the longest time, the time per KB and its share, then what the figures suggest.
A prompt is a text, or JSON: a chat request, or the list of its messages. A file of JSON lines holds one of these per line.
No prompt is printed. A policy that would stop a prompt is measured as if it let it pass.
Exit code 0: measured; 2: a prompt or a size cannot be read; 78: the configuration has errors.`
  static override examples = [
    '<%= config.bin %> policy profile',
    '<%= config.bin %> policy profile --sizes 1k,20k --runs 50',
    '<%= config.bin %> policy profile --prompt-file prompts.jsonl --prompt-file contract.txt',
    '<%= config.bin %> policy profile --json',
  ]
  static override flags = {
    'prompt-file': Flags.string({
      description: 'Prompts; - reads standard input. May be given several times.',
      multiple: true,
      multipleNonGreedy: true,
      exclusive: ['sizes'],
      helpValue: '<path>',
    }),
    sizes: Flags.string({
      description: `Make prompts of these sizes up, in bytes. Default without --prompt-file: ${usualSizes}.`,
      helpValue: '<n,n,…>',
    }),
    runs: Flags.integer({
      description:
        'Runs of each prompt. Default: as many as fit into about ten seconds, 5 to 1000.',
      min: 1,
      max: 100_000,
    }),
    'policy-config': policyConfigFlag(),
    plugin: pluginFlag,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(PolicyProfile)
    const config = await loadPolicies(flags['policy-config'], flags.plugin)
    const groups = await groupsOf(flags['prompt-file'], flags.sizes, config)
    const profile = await profileChain(config, { groups, runs: flags.runs, env: process.env })
    if (flags.json) writeOut(`${toSafeJson(toProfileJson(profile), 2)}\n`)
    else writeOut(formatProfile(profile, styleFor(process.stdout, process.env)))
  }
}

async function groupsOf(
  files: readonly string[] | undefined,
  sizes: string | undefined,
  { size_limits: { max_body_bytes: limit } }: Config,
): Promise<readonly PromptGroup[]> {
  if (files === undefined) return makePrompts(sizes ?? usualSizes, limit)
  const groups = await Promise.all(files.map(readPromptGroup))
  for (const prompt of groups.flatMap(({ prompts }) => prompts)) refuseTooLarge(prompt, limit)
  return groups
}
