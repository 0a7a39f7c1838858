import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import type { LogPlace } from '@keeptrusts/audit-store'
import * as Flags from '@oclif/core/flags'
import { readProfiles } from '../../auth/credentials-file.ts'
import { signedInTo } from '../../auth/profiles.ts'
import { dataDirFlag } from '../../data-dir-flag.ts'
import { formatExamination, formatNewLog, formatSalvage } from '../../events/format-recovery.ts'
import type { LocalPaths } from '../../local-paths.ts'
import { localPaths } from '../../local-paths.ts'
import { LogFilesCommand } from '../../log-files-command.ts'
import { toSafeJson } from '../../output/sanitize.ts'
import { writeOut } from '../../output/write.ts'

/** `kt events recover`: what is wrong with a log that no gateway starts with, and how to go on. */
export default class EventsRecover extends LogFilesCommand {
  static override summary =
    'Explain a log that no gateway starts with, save what is left, or begin anew.'
  static override description =
    `Without a flag it only looks. It never repairs a log: what is left of a damaged one is evidence.
Refused while a gateway writes the log.
Exit code 1: the log cannot be used as it is.`
  static override examples = [
    '<%= config.bin %> events recover',
    '<%= config.bin %> events recover --to ./saved',
    '<%= config.bin %> events recover --start-new',
  ]
  static override flags = {
    to: Flags.string({
      description:
        'Copy every event that can still be read into this new folder, and say how far they match their hashes.',
      helpValue: '<folder>',
    }),
    'start-new': Flags.boolean({
      description:
        'Move the damaged log into a folder of its own beside it, and begin a new one that names it. Nothing is deleted.',
    }),
    'data-dir': dataDirFlag,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(EventsRecover)
    // Loads the database driver, which help and wrong flags do not need.
    const store = await import('@keeptrusts/audit-store')
    const paths = localPaths(flags['data-dir'])
    const dir = logFolder(paths.dataDir, store.storePaths)
    const keyFiles = store.keyFilesFromEnvironment(process.env)
    const place: LogPlace = { dir, keysDir: join(paths.configDir, 'keys'), keyFiles }
    const print = (json: unknown, text: string): void =>
      writeOut(flags.json ? `${toSafeJson(json, 2)}\n` : text)
    if (flags.to === undefined && !flags['start-new']) {
      const examination = store.examineLog(place)
      if (examination.problem !== null) process.exitCode = 1
      return print(examination, formatExamination(examination))
    }
    const salvage = flags.to === undefined ? null : store.salvageLog({ dir, to: resolve(flags.to) })
    const started = flags['start-new']
      ? store.startNewLog({ ...place, actor: actorOf(paths) })
      : null
    const text = [
      salvage && formatSalvage(salvage, resolve(flags.to ?? '')),
      started && formatNewLog(started),
    ]
    print({ salvage, new_log: started }, text.filter((part) => part !== null).join(''))
  }
}

/** A folder from `audit_store.path` holds the log itself. */
function logFolder(
  dataDir: string,
  pathsOf: (dir: string) => { readonly database: string },
): string {
  return existsSync(pathsOf(dataDir).database) ? dataDir : join(dataDir, 'audit')
}

function actorOf(paths: LocalPaths): {
  readonly os_user: string
  readonly operator: string | null
} {
  const operator = signedInTo(readProfiles(paths.credentials), paths.dataDir)
  return { os_user: userInfo().username, operator }
}
