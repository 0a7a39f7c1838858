import type { PayloadSelector } from '@keeptrusts/audit-store'
import * as Flags from '@oclif/core/flags'
import { dataDirFlag } from '../../data-dir-flag.ts'
import { parseTimeFlag } from '../../events/parse-range.ts'
import { localPaths } from '../../local-paths.ts'
import { LogFilesCommand } from '../../log-files-command.ts'
import { toSafeJson } from '../../output/sanitize.ts'
import { writeErr, writeOut } from '../../output/write.ts'

const selectors = ['event', 'request', 'before', 'principal']

/** `kt events erase`: erases the contents kept with records, and records that. */
export default class EventsErase extends LogFilesCommand {
  static override summary = 'Erase kept texts of calls for good; the records stay.'
  static override description =
    `For logs with audit_store.content redacted or full. The encrypted texts and the keys that nothing else needs are overwritten; the log records which ones, why and by whom, and kt events verify stays clean. While a gateway runs, it does the work.
The reason stands in the log for as long as the log: name a ticket, not a person.`
  static override examples = [
    '<%= config.bin %> events erase --request req_019a1b2c-3d4e-7f50-8a6b-7c8d9e0f1a2b --reason "ticket 4711"',
    '<%= config.bin %> events erase --principal alice@example.com --reason "GDPR Art. 17, case 12" --yes',
    '<%= config.bin %> events erase --before 30d --reason "texts are kept for 30 days" --yes --json',
  ]
  static override flags = {
    event: Flags.string({
      description: 'The text kept with one record.',
      exactlyOne: selectors,
      helpValue: '<evt_…>',
    }),
    request: Flags.string({ description: 'Both texts of one call.', helpValue: '<req_…>' }),
    before: Flags.string({
      description: 'All texts recorded before then: 30d ago, an RFC 3339 time, or now.',
      helpValue: '<time>',
    }),
    principal: Flags.string({
      description: 'All texts of one caller: the name, or what stands in its place in the records.',
      helpValue: '<name>',
    }),
    reason: Flags.string({
      description: 'Why; goes into the log.',
      required: true,
      helpValue: '<text>',
    }),
    yes: Flags.boolean({ description: 'Erase without asking.' }),
    'data-dir': dataDirFlag,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(EventsErase)
    const selector = selectorOf(flags)
    // Loads the database driver, which no other command needs.
    const { logPlace } = await import('../../events/open-reader.ts')
    const { taskRunner } = await import('../../events/erase/task-runner.ts')
    const { countContents, eraseContents } = await import('../../events/erase/erase-contents.ts')
    const { currentActor } = await import('../../events/record-read.ts')
    const runner = await taskRunner(logPlace(flags['data-dir']))
    const count = await countContents(runner, selector)
    if (count > 0 && !flags.yes) {
      const { confirmErasure } = await import('../../events/erase/confirm.ts')
      if (!(await confirmErasure(count))) {
        writeErr('Nothing was erased.\n')
        return
      }
    }
    const actor = await currentActor(localPaths(flags['data-dir']))
    const erasure = { selector, reason: flags.reason, actor }
    const erased = count > 0 ? await eraseContents(runner, erasure) : { count: 0, scrubbed: true }
    if (flags.json)
      writeOut(`${toSafeJson({ erased: erased.count, overwritten: erased.scrubbed })}\n`)
    else if (erased.count === 0) writeErr('No kept text matches.\n')
    else writeErr(`Erased the texts of ${erased.count} records.\n`)
    if (!erased.scrubbed) writeErr(stillThere)
  }
}

const stillThere =
  'The encrypted bytes are still in the write-ahead log, because somebody is reading the log. They go when the reader has ended and the gateway stops, or when this command is run again.\n'

interface SelectorFlags {
  readonly event?: string | undefined
  readonly request?: string | undefined
  readonly before?: string | undefined
  readonly principal?: string | undefined
}

/** Exactly one is given: the parser sees to that. */
function selectorOf({ event, request, before, principal = '' }: SelectorFlags): PayloadSelector {
  if (event !== undefined) return { by: 'event', id: event }
  if (request !== undefined) return { by: 'request', id: request }
  if (before === undefined) return { by: 'principal', principal }
  const now = Date.now()
  // What is recorded in the same millisecond is before now, too.
  const time = before === 'now' ? now + 1 : parseTimeFlag('--before', before, now)
  return { by: 'before', time }
}
