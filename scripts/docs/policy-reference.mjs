// docs/reference/policies.md from the registry of policies.
import { importBuilt } from '../build.mjs'
import { optionTable } from './option-table.mjs'

/** The Markdown page. */
export async function policyReference() {
  const { builtinPolicies } = await importBuilt('packages/core/dist/index.js')
  const sections = builtinPolicies.map(
    ({ kind, summary, directions, reasonCode, schema, spellings = [] }) => `## ${kind}

${summary} Acts on ${directions.map((direction) => (direction === 'request' ? 'requests' : 'answers')).join(' and ')}. Reason code \`${reasonCode}\`.
[How it decides, examples and limits](../../packages/core/src/policies/${kind}/README.md).

${optionTable(schema)}${spellings.length > 0 ? `\nAlso accepted: ${spellings.map(([alias, canonical]) => `\`${alias}\` for \`${canonical}\``).join(', ')}.\n` : ''}`,
  )
  return `# Policies

Generated from the policies' schemas. Each block stands under \`policy.<kind>\` and also takes \`mode: enforce | monitor\`
(monitor records what it would have done and changes nothing; \`action: log\` is the same) and
\`apply_to: input | output | both\` where the policy acts; \`audit-logger\` takes neither.

${sections.join('\n')}`
}
