import { CliError } from './cli-error.ts'
import { didYouMean } from './did-you-mean.ts'

interface NotFound {
  readonly id: string
  readonly config: { readonly commandIDs: readonly string[] }
}

/** The hook for a command that does not exist: says which one was probably meant. Throws always. */
export async function commandNotFound({ id, config }: NotFound): Promise<never> {
  const typed = id.replaceAll(':', ' ')
  const commands = config.commandIDs.map((command) => command.replaceAll(':', ' '))
  const longer = commands.find((command) => typed.startsWith(`${command} `))
  if (longer !== undefined) {
    throw new CliError({
      code: 'bad-flag',
      message: `kt ${longer} takes no argument "${typed.slice(longer.length + 1)}".`,
      suggestion: `Run kt ${longer} --help to see what it takes.`,
      exit: 2,
    })
  }
  const meant = didYouMean(typed, commands)
  throw new CliError({
    code: 'bad-flag',
    message: `There is no command "kt ${typed}".`,
    suggestion: meant === null ? 'Run kt --help to see all commands.' : `Did you mean kt ${meant}?`,
    exit: 2,
  })
}
