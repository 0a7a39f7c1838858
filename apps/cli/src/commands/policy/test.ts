import { dirname } from 'node:path'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../../base-command.ts'
import { toSafeJson } from '../../output/sanitize.ts'
import { styleFor } from '../../output/style.ts'
import { writeErr, writeOut } from '../../output/write.ts'
import { pluginFlag } from '../../plugins/plugin-flag.ts'
import { formatIssues } from '../../policy/format-issues.ts'
import { loadPolicies } from '../../policy/load-policies.ts'
import { chooseTests, refuseAssertions } from '../../policy/tests/choose-tests.ts'
import { readTests } from '../../policy/tests/read-tests.ts'
import { formatTests, toTestJson } from '../../policy/tests/test-report.ts'

/** `kt policy test`: runs the tests of a configuration. */
export default class PolicyTest extends BaseCommand {
  static override summary = 'Run the tests of a configuration.'
  static override description =
    `Runs the chain on calls and answers that tests give, without a gateway or a model, and compares: tests/*.json beside the configuration, in the order of their names, then the cases of testing.suites in it. Nothing is recorded. No network is used, except by plug-ins that ask a service of their own.
A test file that cannot be read is an error, never a skipped test. What a failed test expected and found is printed, texts of the test included.
Exit code 0: all passed; 1: some failed; 2: a test cannot be read, or there is none; 78: the configuration has errors.`
  static override examples = [
    '<%= config.bin %> policy test',
    '<%= config.bin %> policy test --pack-dir ./support-bot --json',
    '<%= config.bin %> policy test --policy-config base.yaml --policy-config production.yaml',
    '<%= config.bin %> policy test --only injection',
  ]
  static override flags = {
    'pack-dir': Flags.string({
      description:
        'Folder with policy-config.yaml and tests/. Default: that of --policy-config, else this folder.',
      helpValue: '<path>',
    }),
    'policy-config': Flags.string({
      description:
        'Configuration; several are layered, later ones over earlier ones. Default: policy-config.yaml of the folder.',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<path>',
    }),
    only: Flags.string({
      description: 'Run only tests with this in their name or suite; may be given several times.',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<name>',
    }),
    plugin: pluginFlag,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(PolicyTest)
    const files = flags['policy-config']
    const folder = flags['pack-dir'] ?? (files?.[0] === undefined ? '.' : dirname(files[0]))
    const config = await loadPolicies(files, flags.plugin, folder)
    refuseAssertions(config.warnings)
    const golden = await readTests(folder)
    const tests = chooseTests([...golden.tests, ...config.tests], flags.only)
    const { runPolicyTests } = await import('@keeptrusts/core/testing')
    const results = await runPolicyTests(config, tests, { env: process.env })
    if (results.some(({ passed }) => !passed)) process.exitCode = 1
    if (flags.json) writeOut(`${toSafeJson(toTestJson(results), 2)}\n`)
    else {
      const warnings = [...config.warnings, ...golden.warnings]
      writeErr(formatIssues(warnings, styleFor(process.stderr, process.env)))
      writeOut(formatTests(results, styleFor(process.stdout, process.env)))
    }
  }
}
