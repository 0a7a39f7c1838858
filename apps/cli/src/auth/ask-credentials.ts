import { CliError } from '../errors/cli-error.ts'
import { writeErr } from '../output/write.ts'
import { createPrompter } from './prompter.ts'
import { readStdin } from './read-stdin.ts'

export interface LoginFlags {
  readonly email?: string | undefined
  readonly password?: string | undefined
  readonly 'password-stdin': boolean
}

export interface TypedCredentials {
  readonly email: string
  readonly password: string
}

/** E-mail and password from flags and standard input, or asked for on a terminal; twice when the password is `new`. Throws `CliError` `no-terminal` when there is nobody to ask. */
export async function askCredentials(
  flags: LoginFlags,
  { isNew }: { readonly isNew: boolean },
): Promise<TypedCredentials> {
  const password = await givenPassword(flags)
  if (flags.email !== undefined && password !== null) return { email: flags.email, password }
  // With --password-stdin the input is spent: there is nowhere left to type an e-mail address.
  if (!process.stdin.isTTY || flags['password-stdin']) throw noTerminal(flags)
  const prompter = createPrompter()
  try {
    const email = flags.email ?? (await prompter.ask('E-mail: '))
    if (password !== null) return { email, password }
    const typed = await prompter.askHidden('Password: ')
    if (isNew && typed !== (await prompter.askHidden('The same password again: '))) throw differ()
    return { email, password: typed }
  } finally {
    prompter.close()
  }
}

async function givenPassword(flags: LoginFlags): Promise<string | null> {
  if (flags.password !== undefined) {
    writeErr(
      'warning: --password is visible to others in the process list and in your shell history; use --password-stdin.\n',
    )
    return flags.password
  }
  return flags['password-stdin'] ? await readStdin() : null
}

function noTerminal(flags: LoginFlags): CliError {
  const missing = flags.email === undefined ? 'e-mail address' : 'password'
  return new CliError({
    code: 'no-terminal',
    message: `The ${missing} is missing, and there is no terminal to ask on.`,
    suggestion: 'Give --email you@example.com --password-stdin and pipe the password in.',
  })
}

function differ(): CliError {
  return new CliError({
    code: 'weak-password',
    message: 'The two passwords differ.',
    suggestion: 'Run kt auth login again and type the same password twice.',
  })
}
