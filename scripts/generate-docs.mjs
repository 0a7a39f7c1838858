// Writes the reference pages, and the schema for editors, that follow from the code. `--check` writes nothing and fails when one is out of date.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, root } from './build.mjs'
import { cliReference } from './docs/cli-reference.mjs'
import { configReference, configSchemaFile } from './docs/config-reference.mjs'
import { credentialReference } from './docs/credential-reference.mjs'
import { errorReference } from './docs/error-reference.mjs'
import { policyCataloguePage } from './docs/policy-catalogue.mjs'
import { policyReference } from './docs/policy-reference.mjs'
import { providerReference } from './docs/provider-reference.mjs'
import { surfaceReference } from './docs/surface-reference.mjs'
import { thirdPartyNotices } from './docs/third-party-notices.mjs'
import { fail } from './step.mjs'

const check = process.argv.includes('--check')
// `npm run check` has built already.
if (!check) await build().catch(fail)

const pages = {
  'docs/reference/errors.md': await errorReference(),
  'docs/reference/config.md': await configReference(),
  'docs/reference/policies.md': await policyReference(),
  'docs/reference/policy-catalogue.md': await policyCataloguePage(),
  'docs/reference/credentials.md': await credentialReference(),
  'docs/reference/providers.md': await providerReference(),
  'docs/reference/surface.md': await surfaceReference(),
  'docs/reference/cli.md': await cliReference(),
  'packages/core/schema/policy-config.schema.json': await configSchemaFile(),
  'THIRD_PARTY_NOTICES.md': thirdPartyNotices(),
}
const stale = Object.entries(pages).filter(([file, text]) => read(file) !== text)

if (check && stale.length > 0) {
  process.stderr.write(
    `Out of date: ${stale.map(([file]) => file).join(', ')}. Run \`npm run docs\` and commit.\n`,
  )
  process.exit(1)
}
for (const [file, text] of stale) {
  writeFileSync(join(root, file), text)
  process.stdout.write(`wrote ${file}\n`)
}

function read(file) {
  try {
    return readFileSync(join(root, file), 'utf8')
  } catch {
    return null
  }
}
