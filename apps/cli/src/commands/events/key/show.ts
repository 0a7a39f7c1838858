import { dataDirFlag } from '../../../data-dir-flag.ts'
import { LogFilesCommand } from '../../../log-files-command.ts'
import type { Fact } from '../../../output/format-facts.ts'
import { formatFacts } from '../../../output/format-facts.ts'
import { toSafeJson } from '../../../output/sanitize.ts'
import { writeOut } from '../../../output/write.ts'

/** `kt events key show`: the public keys of the log and where the secret ones lie. */
export default class EventsKeyShow extends LogFilesCommand {
  static override summary = 'Show the keys that the log can be verified with.'
  static override description =
    'Prints public keys only; no secret key is read, and no gateway has to run. Keep the verifier key outside of this machine: kt events verify --vkey takes it.'
  static override examples = [
    '<%= config.bin %> events key show',
    '<%= config.bin %> events key show --json',
  ]
  static override flags = { 'data-dir': dataDirFlag }

  async run(): Promise<void> {
    const { flags } = await this.parse(EventsKeyShow)
    // Load the database driver, which most commands never need.
    const { keyFilesFromEnvironment, logKeyFiles, readKeyReport } = await import(
      '@keeptrusts/audit-store'
    )
    const { logPlace } = await import('../../../events/open-reader.ts')
    const { dir, keysDir } = logPlace(flags['data-dir'])
    const { log, signing, promptKey } = readKeyReport({ dir })
    const files = logKeyFiles(keysDir, keyFilesFromEnvironment(process.env))
    const current = signing.at(-1)
    const earlier = signing.slice(0, -1)
    if (flags.json) {
      const toJson = ({ fromSize, vkey }: (typeof signing)[number]) => ({
        from_size: fromSize,
        vkey,
      })
      const keys = { signing: signing.map(toJson), prompt_key: promptKey }
      writeOut(`${toSafeJson({ log, vkey: current?.vkey ?? null, ...keys, files }, 2)}\n`)
      return
    }
    const facts: Fact[] = [
      ['Log', log],
      ['Verifier key', current?.vkey ?? null],
      ['', signsFrom(current?.fromSize ?? 0)],
      ...earlier.map(({ fromSize, vkey }): Fact => ['Earlier', `${vkey} (${signsFrom(fromSize)})`]),
      ['Prompt key', promptKey],
      ['Secret keys', files.signing],
      ['Secret keys', files.prompt],
    ]
    writeOut(`${formatFacts(facts).join('\n')}\n`)
  }
}

function signsFrom(size: number): string {
  return size === 0
    ? 'signs from the first checkpoint on'
    : `signs checkpoints of ${size} events and more`
}
