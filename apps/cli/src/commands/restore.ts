import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Restored } from '@keeptrusts/audit-store'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { dataDirFlag } from '../data-dir-flag.ts'
import { CliError } from '../errors/cli-error.ts'
import { currentActor } from '../events/record-read.ts'
import { localPaths } from '../local-paths.ts'
import { LogFilesCommand } from '../log-files-command.ts'
import type { Fact } from '../output/format-facts.ts'
import { formatFacts } from '../output/format-facts.ts'
import { toSafeJson } from '../output/sanitize.ts'
import { writeOut } from '../output/write.ts'

/** `kt restore`: puts a backup in the place of the log, and records that in it. */
export default class Restore extends LogFilesCommand {
  static override summary = 'Put a backup of the audit log in its place, and record that in it.'
  static override description =
    `Stop the gateway first. The backup is verified; the log that is in place is moved aside, never deleted. The next event of the restored log, audit.restored, says who did it and how many events were lost: anchors tell.
Exit code 1: the backup does not verify, or events would be lost and --force is missing.`
  static override examples = [
    '<%= config.bin %> restore /srv/backup/audit-2026-11-26.db',
    '<%= config.bin %> restore audit.db --force --anchor /mnt/worm/keeptrusts-anchors.jsonl',
    '<%= config.bin %> restore audit.db --keys /media/safe/audit-keys.json',
  ]
  static override args = {
    file: Args.string({ description: 'What kt backup wrote.', required: true }),
  }
  static override flags = {
    force: Flags.boolean({
      description: 'Restore although events are lost or another log is in place.',
    }),
    keys: Flags.string({
      description: 'Put the keys from this file, which kt backup --with-keys wrote, into place.',
      helpValue: '<file>',
    }),
    anchor: Flags.string({
      description:
        'Anchors that tell what the log has had, besides the usual file; can be given several times.',
      multiple: true,
      multipleNonGreedy: true,
      helpValue: '<file>',
    }),
    'data-dir': dataDirFlag,
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Restore)
    const file = resolve(args.file)
    const anchors = (flags.anchor ?? []).map((path) => resolve(path))
    const keys = flags.keys === undefined ? null : resolve(flags.keys)
    for (const path of [file, ...anchors, ...(keys === null ? [] : [keys])]) requireFile(path)
    const paths = localPaths(flags['data-dir'])
    // Load the database driver, which most commands never need.
    const { keyFilesFromEnvironment, restoreLog } = await import('@keeptrusts/audit-store')
    const { logPlace } = await import('../events/open-reader.ts')
    const { dir, keysDir } = logPlace(flags['data-dir'])
    const restored = restoreLog({
      file,
      dir,
      keysDir,
      keyFiles: keyFilesFromEnvironment(process.env),
      ...(keys !== null && { keys }),
      anchorsDir: join(paths.configDir, 'anchors'),
      anchors,
      force: flags.force,
      actor: await currentActor(paths),
      now: Date.now(),
    })
    writeOut(flags.json ? `${toSafeJson(toJson(restored), 2)}\n` : format(restored))
  }
}

function requireFile(path: string): void {
  if (existsSync(path)) return
  throw new CliError({ code: 'file-not-found', message: `There is no file ${path}.` })
}

function toJson({ log, fromSize, previousSize, lost, replacedLog, aside, keysAside }: Restored) {
  return {
    log,
    from_size: fromSize,
    previous_size: previousSize,
    lost,
    replaced_log: replacedLog,
    aside,
    keys_aside: keysAside,
  }
}

function format({ log, fromSize, lost, aside, keysAside }: Restored): string {
  const facts: Fact[] = [
    ['Log', log],
    ['Recorded', `audit.restored, event ${fromSize}`],
    ['Lost', lost === null ? 'unknown' : `${lost} events`],
    ['Before', aside === null ? 'no log was in place' : `kept in ${aside}`],
    ...keysAside.map((path): Fact => ['Old key', path]),
  ]
  return `${[`Restored ${fromSize} events`, ...formatFacts(facts)].join('\n')}\n`
}
