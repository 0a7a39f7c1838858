// docs/reference/policy-catalogue.md: every policy kind of the product, built or not.
import { importBuilt } from '../build.mjs'

const phaseNames = { input: 'requests', output: 'answers', tool: 'tool calls' }

/** The Markdown page. */
export async function policyCataloguePage() {
  const { builtinPolicies, policyCatalogue } = await importBuilt('packages/core/dist/index.js')
  const built = new Set(builtinPolicies.map(({ kind }) => kind))
  const later = Object.entries(policyCatalogue).filter(([kind]) => !built.has(kind))
  return `# Catalogue of policy kinds

Generated from the registry of policies and the product's catalogue. The product counts 39 kinds, and not all of
their names are public; these are the ${Object.keys(policyCatalogue).length} that its documentation names. ${builtinPolicies.length} are built. The others are known: a chain that names one is refused with [\`E011\`](errors.md#e011), because nothing would
enforce it. A name that is not here is \`E001\`, with what may have been meant.

## Built

| kind | acts on | what it does |
|---|---|---|
${builtinPolicies.map(builtRow).join('\n')}

Options are in [policies](policies.md).

## Known, not available in this version

| kind | acts on | what it is for | until then |
|---|---|---|---|
${later.map(laterRow).join('\n')}

To build one of them here, begin with \`npm run new-policy -- <kind>\`: see [Add a policy](../guides/add-a-policy.md).
`
}

function builtRow({ kind, directions, summary }) {
  const phases = directions.map((direction) => (direction === 'request' ? 'input' : 'output'))
  const readme = `../../packages/core/src/policies/${kind}/README.md`
  return `| [\`${kind}\`](${readme}) | ${actsOn(phases)} | ${summary} |`
}

function laterRow([kind, { purpose, phases, instead = '' }]) {
  return `| \`${kind}\` | ${actsOn(phases)} | ${purpose} | ${instead} |`
}

const actsOn = (phases) => phases.map((phase) => phaseNames[phase]).join(', ')
