import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../base-command.ts'
import { CliError } from '../../errors/cli-error.ts'
import { toSafeJson } from '../../output/sanitize.ts'
import { styleFor } from '../../output/style.ts'
import { writeErr, writeOut } from '../../output/write.ts'
import { policiesOf } from '../../plugins/load-plugins.ts'
import { pluginFlag } from '../../plugins/plugin-flag.ts'
import { formatLint, toLintJson } from '../../policy/lint-report.ts'

/** `kt policy lint`: checks a configuration without starting anything. */
export default class PolicyLint extends BaseCommand {
  static override summary = 'Check a policy-config.yaml without starting anything.'
  static override description =
    `All problems at once, each with its place and how to fix it. Exit code 0: valid, perhaps with warnings; 2: invalid.
No secret is read: variables that are not set are no problem here.`
  static override examples = [
    '<%= config.bin %> policy lint --file policy-config.yaml',
    '<%= config.bin %> policy lint --file policy-config.yaml --json',
    '<%= config.bin %> policy lint --file base.yaml --file production.yaml',
  ]
  static override args = {
    file: Args.string({ description: 'The same as --file.', required: false }),
  }
  static override flags = {
    file: Flags.string({
      description: 'The file to check; several are layered, later ones over earlier ones.',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<path>',
    }),
    plugin: pluginFlag,
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(PolicyLint)
    const files = [...(args.file === undefined ? [] : [args.file]), ...(flags.file ?? [])]
    if (files.length === 0) {
      throw new CliError({
        code: 'bad-flag',
        message: 'There is no file to check.',
        suggestion: 'Name it: kt policy lint --file policy-config.yaml',
      })
    }
    const { lintConfigFiles } = await import('@keeptrusts/core/node')
    const result = await lintConfigFiles(files, { policies: await policiesOf(flags.plugin) })
    const name = files.join(', ')
    if (result.config === null) process.exitCode = 2
    if (flags.json) {
      writeOut(`${toSafeJson(toLintJson(name, result), 2)}\n`)
      return
    }
    const valid = result.config !== null
    const style = styleFor(valid ? process.stdout : process.stderr, process.env)
    const print = valid ? writeOut : writeErr
    print(formatLint(name, result, style))
  }
}
