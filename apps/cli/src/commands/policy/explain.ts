import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../base-command.ts'
import { toSafeJson } from '../../output/sanitize.ts'
import { styleFor } from '../../output/style.ts'
import { writeOut } from '../../output/write.ts'
import { pluginFlag } from '../../plugins/plugin-flag.ts'
import { explainPrompt } from '../../policy/explain-prompt.ts'
import { toExplanationJson } from '../../policy/explanation-json.ts'
import { formatExplanation } from '../../policy/format-explanation.ts'
import { loadPolicies } from '../../policy/load-policies.ts'
import { readPrompt } from '../../policy/read-prompt.ts'
import { policyConfigFlag } from '../../policy-config-flag.ts'

/** `kt policy explain`: what a chain would do with a prompt, text by text. */
export default class PolicyExplain extends BaseCommand {
  static override summary = 'Show what the policies of a configuration find in a prompt.'
  static override description =
    `Runs the request side of the chain on a prompt, without a gateway or a model, and records nothing: every text that is read, what each policy found in it, each verdict, and the outcome.
The prompt is a text (one user message), or JSON: a chat request, or the list of its messages. Offsets count UTF-16 units of the text as the policy saw it.
The prompt itself is printed only with --show-text.
Exit code 0: explained, also when the outcome is a block; 2: the prompt cannot be read; 78: the configuration has errors.`
  static override examples = [
    '<%= config.bin %> policy explain --prompt-file prompt.txt',
    '<%= config.bin %> policy explain --prompt-file request.json --show-text',
    'echo "Mail ada@example.com" | <%= config.bin %> policy explain --prompt-file - --json',
  ]
  static override flags = {
    'prompt-file': Flags.string({
      description: 'The prompt; - reads standard input.',
      required: true,
      helpValue: '<path>',
    }),
    'policy-config': policyConfigFlag(),
    plugin: pluginFlag,
    'show-text': Flags.boolean({
      description: 'Also print the texts, what matched, and what would be forwarded.',
    }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(PolicyExplain)
    const config = await loadPolicies(flags['policy-config'], flags.plugin)
    const prompt = await readPrompt(flags['prompt-file'])
    const explanation = await explainPrompt(prompt, config)
    const view = { showText: flags['show-text'] }
    if (flags.json) writeOut(`${toSafeJson(toExplanationJson(explanation, view), 2)}\n`)
    else {
      const style = styleFor(process.stdout, process.env)
      writeOut(formatExplanation(explanation, { ...view, style }))
    }
  }
}
