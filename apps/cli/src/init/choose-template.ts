import { createPrompter } from '../auth/prompter.ts'
import { writeErr } from '../output/write.ts'
import type { TemplateName } from './templates.ts'
import { templateNamed, templateNames, templates } from './templates.ts'

/** The template of the flag; without one it is asked for on a terminal, and `mlflow` elsewhere. */
export async function chooseTemplate(flag: string | undefined): Promise<TemplateName> {
  if (flag !== undefined) return templateNamed(flag)
  if (!process.stdin.isTTY) return 'mlflow'
  const prompter = createPrompter()
  try {
    writeErr(`What stands behind the gateway?\n${menu()}`)
    return templateOf(await prompter.ask('Number or name [1]: '))
  } finally {
    prompter.close()
  }
}

function menu(): string {
  return templateNames
    .map((name, index) => `  ${index + 1}  ${name.padEnd(12)}${templates[name]}\n`)
    .join('')
}

/** What was typed: a number of the menu, a name, or nothing for the first. */
export function templateOf(answer: string): TemplateName {
  const typed = answer.trim()
  if (typed === '') return 'mlflow'
  return templateNames[Number(typed) - 1] ?? templateNamed(typed)
}
