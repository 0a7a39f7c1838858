import { join } from 'node:path'
import * as Flags from '@oclif/core/flags'
import { BaseCommand } from '../base-command.ts'
import { chooseTemplate } from '../init/choose-template.ts'
import { readTemplate, templateNames, templates } from '../init/templates.ts'
import { writeFiles } from '../init/write-files.ts'
import { ownCommand } from '../output/own-command.ts'
import { sanitize, toSafeJson } from '../output/sanitize.ts'
import { writeOut } from '../output/write.ts'

/** `kt init`: a configuration to start from. */
export default class Init extends BaseCommand {
  static override summary = 'Write a commented policy-config.yaml with tests.'
  static override description =
    `Writes policy-config.yaml, the schema with which editors complete it, and tests/*.json for kt policy test. Files that are there already are never overwritten without --force.
Without --template a menu asks on a terminal; elsewhere it is mlflow.
Exit code 0: written; 2: unknown template, or files are there already.`
  static override examples = [
    '<%= config.bin %> init',
    '<%= config.bin %> init --template agents --dir ./my-gateway',
    '<%= config.bin %> init --list',
  ]
  static override flags = {
    template: Flags.string({
      description: `What to start from: ${templateNames.join(', ')}.`,
      helpValue: '<name>',
    }),
    dir: Flags.string({ description: 'Where to write.', default: '.', helpValue: '<path>' }),
    force: Flags.boolean({ description: 'Overwrite files that are there already.' }),
    list: Flags.boolean({ description: 'List the templates and write nothing.' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Init)
    if (flags.list) return listTemplates(flags.json)
    const template = await chooseTemplate(flags.template)
    const files = await readTemplate(template, join(this.config.root, 'templates'))
    await writeFiles(files, { folder: flags.dir, force: flags.force })
    const paths = files.map(({ path }) => join(flags.dir, path))
    if (flags.json) writeOut(`${toSafeJson({ template, files: paths }, 2)}\n`)
    else
      writeOut(
        `${paths.map((path) => `wrote ${sanitize(path)}`).join('\n')}\n${nextSteps(flags.dir)}`,
      )
  }
}

function listTemplates(json: boolean): void {
  const list = templateNames.map((name) => ({ name, description: templates[name] }))
  if (json) writeOut(`${toSafeJson({ templates: list }, 2)}\n`)
  else writeOut(list.map(({ name, description }) => `${name.padEnd(12)}${description}\n`).join(''))
}

function nextSteps(folder: string): string {
  const config = sanitize(join(folder, 'policy-config.yaml'))
  return `
Next:
  1. Open ${config}: its comments say what to change (address, model, variable with the token).
  2. ${ownCommand()} policy lint --file ${config}
  3. ${ownCommand()} policy test --policy-config ${config}
  4. ${ownCommand()} gateway run --policy-config ${config}
`
}
