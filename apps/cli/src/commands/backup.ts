import { resolve } from 'node:path'
import * as Flags from '@oclif/core/flags'
import { dataDirFlag } from '../data-dir-flag.ts'
import { recordRead } from '../events/record-read.ts'
import { LogFilesCommand } from '../log-files-command.ts'
import { formatFacts } from '../output/format-facts.ts'
import { toSafeJson } from '../output/sanitize.ts'
import { writeErr, writeOut } from '../output/write.ts'

/** `kt backup`: a consistent copy of the log, also while the gateway runs. */
export default class Backup extends LogFilesCommand {
  static override summary = 'Copy the audit log into one file, also while the gateway runs.'
  static override description =
    `The copy is the log as it was at one moment, and is compared with its newest checkpoint before it gets its name. kt restore puts it back.
Keys are not in it: without its signing key a restored log cannot go on. Keep them in another place.`
  static override examples = [
    '<%= config.bin %> backup --out /srv/backup/audit-2026-11-26.db',
    '<%= config.bin %> backup --out audit.db --with-keys /media/safe/audit-keys.json --json',
  ]
  static override flags = {
    out: Flags.string({
      description: 'File to write; it must not exist.',
      required: true,
      helpValue: '<file>',
    }),
    'with-keys': Flags.string({
      description: 'Write the secret keys of the log into this file; keep it apart from the copy.',
      helpValue: '<file>',
    }),
    'data-dir': dataDirFlag,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Backup)
    const out = resolve(flags.out)
    // Load the database driver, which most commands never need.
    const { backUpKeys, backUpLog, keyFilesFromEnvironment, logKeyFiles } = await import(
      '@keeptrusts/audit-store'
    )
    const { logPlace, openLog, requireLog } = await import('../events/open-reader.ts')
    const place = logPlace(flags['data-dir'])
    requireLog(place)
    const { dir, keysDir } = place
    const log = openLog(flags['data-dir'])
    if (log !== null) {
      try {
        const { first, end } = log.reader.extent()
        await recordRead(log, {
          type: 'audit.export',
          command: 'backup',
          filter: {},
          count: end - first,
        })
      } finally {
        log.reader.close()
      }
    }
    const files = logKeyFiles(keysDir, keyFilesFromEnvironment(process.env))
    const copied = backUpLog({ dir, out })
    const keysFile = flags['with-keys'] === undefined ? null : resolve(flags['with-keys'])
    const kept = keysFile === null ? null : backUpKeys(keysFile, { log: copied.log, files })
    if (keysFile !== null)
      writeErr(
        `${keysFile} holds secret keys: whoever has it can sign another log as this one. Keep it apart from the copy.\n`,
      )
    const report = { file: out, ...copied, keys_file: keysFile, keys: kept }
    if (flags.json) writeOut(`${toSafeJson(report, 2)}\n`)
    else
      writeOut(
        `${[
          `Backed up ${copied.size} events to ${out}`,
          ...formatFacts([
            ['Log', copied.log],
            ['Root', copied.root],
            [
              'Keys',
              keysFile === null ? `not included; keep a copy of ${files.signing}` : keysFile,
            ],
            ['', keysFile === null ? `and of ${files.prompt}` : null],
          ]),
        ].join('\n')}\n`,
      )
  }
}
