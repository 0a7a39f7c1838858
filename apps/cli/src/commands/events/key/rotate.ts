import * as Flags from '@oclif/core/flags'
import { dataDirFlag } from '../../../data-dir-flag.ts'
import { currentActor } from '../../../events/record-read.ts'
import { localPaths } from '../../../local-paths.ts'
import { LogFilesCommand } from '../../../log-files-command.ts'
import type { Fact } from '../../../output/format-facts.ts'
import { formatFacts } from '../../../output/format-facts.ts'
import { toSafeJson } from '../../../output/sanitize.ts'
import { writeOut } from '../../../output/write.ts'

/** `kt events key rotate`: a new signing or prompt key, on record. */
export default class EventsKeyRotate extends LogFilesCommand {
  static override summary = 'Put a new key of the log in force, and record that in it.'
  static override description =
    `The old signing key signs the record of its successor, and is then gone. An old prompt key is kept under another name: hashes that it made can be looked up as long as it exists.
With a running gateway the new key is in force at once. --lost is for a key that nobody has any more: the gateway must not run, and nothing vouches for the new key.`
  static override examples = [
    '<%= config.bin %> events key rotate',
    '<%= config.bin %> events key rotate --key prompt',
    '<%= config.bin %> events key rotate --lost',
  ]
  static override flags = {
    key: Flags.option({
      description: 'Which key.',
      options: ['signing', 'prompt'] as const,
      default: 'signing' as const,
    })(),
    lost: Flags.boolean({ description: 'The present key is lost for good.' }),
    'data-dir': dataDirFlag,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(EventsKeyRotate)
    const { key, lost } = flags
    // Load the database driver, which most commands never need.
    const { logPlace } = await import('../../../events/open-reader.ts')
    const { rotateKey } = await import('../../../events/rotate-key.ts')
    const actor = await currentActor(localPaths(flags['data-dir']))
    const result = await rotateKey(logPlace(flags['data-dir']), {
      kind: 'rotate-key',
      key,
      lost,
      actor,
    })
    if (flags.json) {
      writeOut(`${toSafeJson({ key, ...result }, 2)}\n`)
      return
    }
    const facts: Fact[] = [
      ['Recorded', `audit.key_rotated, event ${result.seq}`],
      ['Key file', result.file],
      ['Old key', result.retired],
      ['Verifier key', key === 'signing' ? result.vkey : null],
      [
        '',
        key === 'signing'
          ? 'Keep it outside of this machine: kt events verify --vkey takes it.'
          : null,
      ],
    ]
    writeOut(`${[`The ${key} key is a new one.`, ...formatFacts(facts)].join('\n')}\n`)
  }
}
