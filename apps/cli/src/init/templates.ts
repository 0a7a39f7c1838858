import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { CliError } from '../errors/cli-error.ts'

/** What `kt init` can write, by name. */
export const templates = {
  mlflow: 'a chat model behind MLflow',
  databricks: 'a serving endpoint of a Databricks workspace',
  openai: "OpenAI's own API",
  agents: 'agents with tools: who may use which, attacks and credentials in what tools return',
} as const

export type TemplateName = keyof typeof templates

export const templateNames = Object.keys(templates) as TemplateName[]

/** Templates of the hosted product, and what comes closest here. */
const productTemplates: Readonly<Record<string, TemplateName | null>> = {
  'prompt-injection-detection': 'openai',
  'agent-firewall': 'agents',
  'citation-verification': null,
  'quality-benchmarking': null,
  'zero-data-retention': null,
  'healthcare-us-hipaa': null,
}

/** The template of a name. Throws `CliError` `bad-flag` for one that is not here, with what is. */
export function templateNamed(name: string): TemplateName {
  const found = templateNames.find((known) => known === name.toLowerCase())
  if (found !== undefined) return found
  const known = Object.hasOwn(productTemplates, name) ? productTemplates[name] : undefined
  const list = `Templates: ${templateNames.join(', ')}.`
  throw new CliError({
    code: 'bad-flag',
    where: '--template',
    message:
      known === undefined
        ? `There is no template ${JSON.stringify(name)}.`
        : `The template ${JSON.stringify(name)} is known, not available in this version.`,
    suggestion: known ? `The closest is --template ${known}. ${list}` : list,
  })
}

/** A file of a template; `path` is relative to the folder of the configuration. */
export interface TemplateFile {
  readonly path: string
  readonly text: string
}

/** The files of a template, with the schema that its first line names. `folder` holds all templates. */
export async function readTemplate(
  name: TemplateName,
  folder: string,
): Promise<readonly TemplateFile[]> {
  const root = join(folder, name)
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort()
  const files: TemplateFile[] = []
  for (const path of paths)
    files.push({
      path: path.split(sep).join('/'),
      text: await readFile(join(root, path), 'utf8'),
    })
  return [...files, await schemaFile()]
}

/** A copy beside the file works wherever the file is opened, without a network and without this package. */
async function schemaFile(): Promise<TemplateFile> {
  const { builtinPolicies, configJsonSchema } = await import('@keeptrusts/core')
  const schema = JSON.stringify(configJsonSchema(builtinPolicies), null, 2)
  return { path: 'policy-config.schema.json', text: `${schema}\n` }
}
