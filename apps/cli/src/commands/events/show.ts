import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { chooseGateway } from '../../auth/choose-gateway.ts'
import { BaseCommand } from '../../base-command.ts'
import { CliError } from '../../errors/cli-error.ts'
import type { FoundEvent } from '../../events/find-event.ts'
import { formatEvent } from '../../events/format-event.ts'
import type { LogSource } from '../../events/log-source.ts'
import { openLogSource } from '../../events/open-log-source.ts'
import { toEventJson } from '../../events/to-event-json.ts'
import { gatewayFlags } from '../../gateway-flags.ts'
import { toSafeJson } from '../../output/sanitize.ts'
import { styleFor } from '../../output/style.ts'
import { writeOut } from '../../output/write.ts'

/** `kt events show`: everything the log knows about one call or event. */
export default class EventsShow extends BaseCommand {
  static override summary = 'Show everything the log knows about one call or event.'
  static override description =
    `Each policy's verdict, what it found where, times, the target and the configuration. Records hold no text of the call; --content decrypts what audit_store.content let the log keep beside them.`
  static override args = {
    id: Args.string({
      description: 'An event id (evt_…), a request id (req_…), or <log>/<seq>.',
      required: true,
    }),
  }
  static override examples = [
    '<%= config.bin %> events show evt_019a1b2c-3d4e-7f50-8a6b-7c8d9e0f1a2b',
    '<%= config.bin %> events show req_019a1b2c-3d4e-7f50-8a6b-7c8d9e0f1a2b --json',
    '<%= config.bin %> events show evt_019a1b2c-3d4e-7f50-8a6b-7c8d9e0f1a2b --config',
    '<%= config.bin %> events show req_019a1b2c-3d4e-7f50-8a6b-7c8d9e0f1a2b --content',
  ]
  static override flags = {
    config: Flags.boolean({
      description: 'Print the configuration that decided, without secrets, as JSON.',
      exclusive: ['content'],
    }),
    content: Flags.boolean({
      description: 'Print the texts that were kept; needs the payload master key.',
    }),
    ...gatewayFlags,
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(EventsShow)
    const log = await openLogSource(chooseGateway(flags))
    if (log === null) throw notFound(args.id)
    try {
      const event = await log.event(args.id)
      const text = event && (await shown(log, event, flags))
      await log.recordRead({
        command: 'events show',
        filter: {
          id: isId(args.id) ? args.id : null,
          ...(flags.config ? { config: true } : {}),
          ...(flags.content ? { content: true } : {}),
        },
        count: event?.records.length ?? 0,
      })
      if (text === null) throw notFound(args.id)
      writeOut(text)
    } finally {
      log.close()
    }
  }
}

/** What people paste by mistake does not belong into the log. */
function isId(text: string): boolean {
  return /^[\w/-]{1,80}$/.test(text)
}

interface ShowFlags {
  readonly config: boolean
  readonly content: boolean
  readonly json: boolean | undefined
}

async function shown(
  log: LogSource,
  event: FoundEvent,
  { config, content, json }: ShowFlags,
): Promise<string> {
  if (content) {
    const { contentsJson, formatContents } = await import('../../events/content/contents-of.ts')
    const contents = await log.contents(event)
    if (json) return `${contentsJson(contents)}\n`
    return formatContents(contents, styleFor(process.stdout, process.env))
  }
  if (config) return `${toSafeJson(await log.config(event), 2)}\n`
  if (json) return `${toSafeJson(toEventJson(event), 2)}\n`
  const style = styleFor(process.stdout, process.env)
  return formatEvent(event, { style, local: process.stdout.isTTY === true })
}

function notFound(id: string): CliError {
  return new CliError({
    code: 'event-not-found',
    message: `The log has no event, request or record "${id}".`,
    suggestion: 'Use an id that kt events list prints, whole: evt_… or req_….',
  })
}
