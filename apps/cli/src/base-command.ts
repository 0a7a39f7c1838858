import { Command } from '@oclif/core/command'
import * as Flags from '@oclif/core/flags'

/** What all commands share: `--json`, and leaving errors to `main`, the one place where they are printed. */
export abstract class BaseCommand extends Command {
  static override baseFlags = {
    json: Flags.boolean({ description: 'Print JSON, for programs.', helpGroup: 'GLOBAL' }),
  }

  protected override async catch(error: Error): Promise<never> {
    throw error
  }
}
