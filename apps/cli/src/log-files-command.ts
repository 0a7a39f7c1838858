import type {
  ArgInput,
  FlagInput,
  Input,
  OutputArgs,
  OutputFlags,
  ParserOutput,
} from '@oclif/core/interfaces'
import { chooseGateway } from './auth/choose-gateway.ts'
import { BaseCommand } from './base-command.ts'
import { CliError } from './errors/cli-error.ts'
import { localFlag } from './gateway-flags.ts'

/**
 * A command that needs the files of a gateway or its keys, which only its own machine has. With a gateway elsewhere as the active profile it
 * refuses: silently working on this machine's files instead would erase, export or back up the wrong log.
 */
export abstract class LogFilesCommand extends BaseCommand {
  static override baseFlags = { ...BaseCommand.baseFlags, local: localFlag }

  protected override async parse<
    F extends OutputFlags<FlagInput>,
    B extends OutputFlags<FlagInput>,
    A extends OutputArgs<ArgInput>,
  >(options?: Input<F, B, A>, argv?: string[]): Promise<ParserOutput<F, B, A>> {
    const parsed = await super.parse(options, argv)
    const { 'data-dir': dataDir, local } = parsed.flags as Readonly<Record<string, unknown>>
    if (dataDir === undefined && local !== true) refuseElsewhere(this.id ?? '')
    return parsed
  }
}

function refuseElsewhere(id: string): void {
  const chosen = chooseGateway({})
  if (chosen.kind === 'here') return
  const command = `kt ${id.replaceAll(':', ' ')}`
  const how = chosen.profile === null ? 'KEEPTRUSTS_API_URL' : `profile ${chosen.profile}`
  throw new CliError({
    code: 'runs-elsewhere',
    message: `${command} needs the files of the gateway, and the one you chose (${how}) is elsewhere.`,
    where: chosen.gateway.url,
    suggestion: `Run it on the gateway's machine. For the gateway of this machine, add --local or --data-dir, or choose it: kt auth profile use local.`,
  })
}
