// docs/reference/config.md and the published schema of policy-config.yaml.
import { importBuilt } from '../build.mjs'
import { optionTable } from './option-table.mjs'

/** The Markdown page. */
export async function configReference() {
  const schema = await readSchema()
  const sections = Object.entries(schema.properties)
    .filter(([key]) => key !== 'policy')
    .map(
      ([key, property]) =>
        `## ${key}\n\n${property.description ?? ''}\n\n${optionTable({ properties: { [key]: property } })}`,
    )
  return `# Configuration

Generated from the schema of \`policy-config.yaml\` (\`@keeptrusts/core/policy-config.schema.json\`, which editors can use). The
file is strict: an unknown key, a misspelt value or a duplicate is an error with line and column, and all errors are shown at
once. \`--policy-config\` may be given several times: later files are laid over earlier ones (mappings merge, targets merge by
\`id\`, everything else is replaced).

The settings of the policies themselves are in [policies](policies.md), under \`policy.<kind>\`.

${sections.join('\n')}`
}

/** The text of `@keeptrusts/core/policy-config.schema.json`. */
export async function configSchemaFile() {
  return `${JSON.stringify(await readSchema(), null, 2)}\n`
}

async function readSchema() {
  const { builtinPolicies, configJsonSchema } = await importBuilt('packages/core/dist/index.js')
  return configJsonSchema(builtinPolicies)
}
