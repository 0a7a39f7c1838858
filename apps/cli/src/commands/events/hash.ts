import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { dataDirFlag } from '../../data-dir-flag.ts'
import { LogFilesCommand } from '../../log-files-command.ts'
import { toSafeJson } from '../../output/sanitize.ts'
import { writeErr, writeOut } from '../../output/write.ts'

/** `kt events hash`: what the log holds in place of a text. */
export default class EventsHash extends LogFilesCommand {
  static override summary = 'Print the keyed hash of a text, and find the calls that carried it.'
  static override description =
    `The log holds no prompts: content.hmac of a record is the HMAC-SHA256 of the whole body, request or answer, under the log's own key. Whoever has the body and the key can find its calls; the hash says nothing to anybody else.
--find also looks for a streamed answer with these bytes, and for calls from an address when the text is one. One line break at the end of a file or of standard input is not part of the text.`
  static override args = {
    text: Args.string({
      description:
        'The text. Other users of this machine can see it in the list of processes: better --stdin.',
      // Only --stdin reads standard input.
      ignoreStdin: true,
    }),
  }
  static override examples = [
    '<%= config.bin %> events hash --prompt-file request.json --find',
    '<%= config.bin %> events hash --stdin < answer.json',
    '<%= config.bin %> events hash 192.0.2.7 --find --json',
  ]
  static override flags = {
    stdin: Flags.boolean({ description: 'Read the text from standard input.' }),
    file: Flags.string({ description: 'Read the text from a file.', helpValue: '<file>' }),
    'prompt-file': Flags.string({
      description: 'Read a whole request body from a file, as it was sent: JSON.',
      helpValue: '<file>',
    }),
    find: Flags.boolean({ description: 'List the calls whose record holds the hash.' }),
    limit: Flags.integer({
      description: 'With --find: how many calls, at most.',
      default: 100,
      min: 1,
      max: 100_000,
    }),
    'data-dir': dataDirFlag,
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(EventsHash)
    const { readText } = await import('../../events/hash/hashed-text.ts')
    const find = flags.find === true
    const text = await readText({
      text: args.text,
      stdin: flags.stdin === true,
      file: flags.file,
      promptFile: flags['prompt-file'],
    })
    if (args.text !== undefined) {
      writeErr(
        'A text in the command line can be seen in the list of processes and in the history of the shell; --stdin keeps it to yourself.\n',
      )
    }
    // Loads the database driver, which no other command needs.
    const { openLog } = await import('../../events/open-reader.ts')
    const log = openLog(flags['data-dir'])
    if (log === null) return
    try {
      const { hashText } = await import('../../events/hash/find-text.ts')
      const { hmac, calls } = hashText(log, text, { find, limit: flags.limit })
      const { recordRead } = await import('../../events/record-read.ts')
      await recordRead(log, {
        command: 'events hash',
        filter: { hmac, find },
        count: calls?.length ?? 0,
      })
      if (flags.json) {
        const { toCallJson } = await import('../../events/to-call-json.ts')
        writeOut(`${toSafeJson({ hmac, ...(calls && { calls: calls.map(toCallJson) }) }, 2)}\n`)
        return
      }
      writeOut(`${hmac}\n`)
      if (calls === null) return
      const { formatCallTable, outputTerminal } = await import('../../events/format-call-table.ts')
      if (calls.length === 0) writeErr('No call carried it.\n')
      else writeOut(formatCallTable(calls, outputTerminal()))
    } finally {
      log.reader.close()
    }
  }
}
