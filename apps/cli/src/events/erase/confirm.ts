import { createPrompter } from '../../auth/prompter.ts'
import { CliError } from '../../errors/cli-error.ts'

/** Asks on the terminal whether to go on. Throws `CliError` `no-terminal` without one. */
export async function confirmErasure(count: number): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new CliError({
      code: 'no-terminal',
      message: `The contents of ${count} records would be erased for good, and there is nobody to confirm it.`,
      suggestion: 'Add --yes to erase them without a question.',
    })
  }
  const prompter = createPrompter()
  try {
    const answer = await prompter.ask(
      `Erase the contents of ${count} records for good? The records stay. Type yes: `,
    )
    return answer.trim().toLowerCase() === 'yes'
  } finally {
    prompter.close()
  }
}
