import { writeFileSync } from 'node:fs'
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { dataDirFlag } from '../../data-dir-flag.ts'
import { CliError } from '../../errors/cli-error.ts'
import { LogFilesCommand } from '../../log-files-command.ts'
import { toSafeJson } from '../../output/sanitize.ts'
import { writeErr, writeOut } from '../../output/write.ts'

/** `kt events prove`: a proof that an event is in the log, for somebody who has not got the log. */
export default class EventsProve extends LogFilesCommand {
  static override summary = 'Write a proof that an event is in the log.'
  static override description =
    `The proof is a small text file (C2SP tlog-proof): the place of the event, the hashes beside its way to the root of the tree, and the signed checkpoint.
With --out the event itself is written beside it. Whoever has both and the verifier key checks them with kt events verify --proof, or with the description of the format, without the log.`
  static override args = {
    id: Args.string({ description: 'An event id (evt_…) or <log>/<seq>.', required: true }),
  }
  static override examples = [
    '<%= config.bin %> events prove evt_019a1b2c-3d4e-7f50-8a6b-7c8d9e0f1a2b --out call',
    '<%= config.bin %> events verify --proof call.tlog-proof --event call.json',
  ]
  static override flags = {
    out: Flags.string({
      description:
        'Write <name>.tlog-proof and <name>.json. Default: the proof on standard output.',
      helpValue: '<name>',
    }),
    'data-dir': dataDirFlag,
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(EventsProve)
    // Loads the database driver, which no other command needs.
    const { proveEvent } = await import('@keeptrusts/audit-store')
    const { openLog } = await import('../../events/open-reader.ts')
    const log = openLog(flags['data-dir'])
    const proven = log && proveEvent({ dir: log.place.dir, id: args.id })
    if (log === null || proven === null) throw notFound(args.id)
    const { recordRead } = await import('../../events/record-read.ts')
    await recordRead(log, { command: 'events prove', filter: { id: args.id }, count: 1 })
    log.reader.close()
    const name = flags.out?.replace(/\.tlog-proof$/, '')
    if (name !== undefined) {
      writeFileSync(`${name}.tlog-proof`, proven.proof)
      // Exactly the bytes that were hashed: a line feed would be one more.
      writeFileSync(`${name}.json`, proven.body)
      writeErr(`Wrote ${name}.tlog-proof and ${name}.json.\n`)
    }
    if (flags.json) writeOut(`${toSafeJson(proven, 2)}\n`)
    else if (name === undefined) writeOut(proven.proof)
  }
}

function notFound(id: string): CliError {
  return new CliError({
    code: 'event-not-found',
    message: `The log has no event "${id}".`,
    suggestion: id.startsWith('req_')
      ? `That is the id of a call: kt events show ${id} prints the ids of its events.`
      : 'Use the id of an event that kt events list or kt events show prints, whole: evt_….',
  })
}
