// docs/reference/credentials.md: every format of a credential that dlp-filter knows.
import { importBuilt } from '../build.mjs'

/** The Markdown page. */
export async function credentialReference() {
  const { credentialRules } = await importBuilt(
    'packages/core/dist/policies/dlp-filter/credentials/rules.js',
  )
  const vendors = new Set(credentialRules.map(({ vendor }) => vendor))
  return `# Credentials that dlp-filter knows

Generated from the rules in \`packages/core/src/policies/dlp-filter/credentials\`. ${credentialRules.length} formats of
${vendors.size} vendors and standards. The rules were written for this project. The last column links to what the vendor or the
standard says about the credential. Every rule has a made-up sample that it has to find, however it is written, and near misses that
it must not find.

- *Looked for* names the literals near which a rule is tried, in any case. A rule whose literal is no part of the credential finds it only as the value
  of something with that name: \`DATADOG_API_KEY=…\`, \`"datadog": "…"\`, \`--datadog-key …\`.
- *Checked* says what stands behind the form: a check sum, other structure or a mix of characters (*in code*), or a least
  entropy in bits per character. Placeholders (\`XXXX…\`, \`<your-token>\`, \`changeme\`) are no credentials.
- A private key or a long token is matched up to 512 characters.

| vendor | rule | looked for | checked | documented at |
|---|---|---|---|---|
${[...credentialRules].sort(byVendor).map(row).join('\n')}
`
}

const byVendor = (a, b) =>
  compare(a.vendor.toLowerCase(), b.vendor.toLowerCase()) || compare(a.id, b.id)

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0)

function row({ id, vendor, keywords, check, minEntropy, source }) {
  const shown = keywords.slice(0, 4).map((keyword) => `\`${keyword.replaceAll('|', '\\|')}\``)
  if (keywords.length > shown.length) shown.push('…')
  const checks = [check && 'in code', minEntropy && `entropy ≥ ${minEntropy}`].filter(Boolean)
  const { hostname } = new URL(source)
  return `| ${vendor} | \`${id}\` | ${shown.join(' ')} | ${checks.join(', ')} | [${hostname}](${source}) |`
}
