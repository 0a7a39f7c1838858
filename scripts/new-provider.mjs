// `npm run new-provider -- <id>`: writes a provider that works, with its tests, to be changed into the one you need.
import { edit, fill, read, readNames, writeAll } from './scaffold.mjs'
import { fail } from './step.mjs'

const folder = 'apps/gateway/src/providers'
const registry = `${folder}/registry.ts`
const grammar = 'packages/core/src/config/provider-string.ts'
const table = 'apps/gateway/src/fixtures/provider-table.ts'

try {
  const names = readNames('provider', process.argv.slice(2), {
    folder,
    registry,
    nameOf: ({ camel }) => `${camel}Provider`,
  })
  writeAll([...filesOf(names), registered(names), known(names), tested(names)])
  process.stdout.write(nextSteps(names))
} catch (error) {
  fail(error)
}

function filesOf(names) {
  const { id } = names
  return ['provider.ts', 'provider.test.ts'].map((template) => ({
    file: `${folder}/${id}/${id}-${template}`,
    text: fill('provider', template, names),
  }))
}

function registered({ id, camel }) {
  return edit(registry, [
    [/^/, `import { ${camel}Provider } from './${id}/${id}-provider.ts'\n`],
    [/(export const providers[^=]*= \[[^\]]*?),?\s*\]/, `$1, ${camel}Provider]`],
  ])
}

/** The row in the grammar; a name that was known for later is so no more. */
function known(names) {
  const { id } = names
  const later = new RegExp(`(const later =\\s*\`[^\`]*?)(?<![-\\w])${id}(?![-\\w])[ \\n]*`)
  return edit(grammar, [
    [
      /(export const knownProviders[^=]*= \{\n[\s\S]*?)(^\}\n)/m,
      (_, rows, end) => rows + fill('provider', 'known-provider.row', names) + end,
    ],
    ...(later.test(read(grammar)) ? [[later, '$1']] : []),
  ])
}

function tested(names) {
  return edit(table, [
    [
      /(export const providerTable[^=]*= \[\n[\s\S]*?)(^\]\n)/m,
      (_, rows, end) => rows + fill('provider', 'provider-table.row', names) + end,
    ],
  ])
}

function nextSteps({ id }) {
  return `Wrote ${folder}/${id} and its lines in
  ${registry}
  ${grammar}
  ${table}

${id}:chat:<model> speaks the chat protocol of OpenAI, and its tests pass as it stands. Change, in this order:
  its row in ${grammar}: the server, where calls go, whether it streams
  ${id}-provider.test.ts
  ${id}-provider.ts
Then: npm run docs, npx changeset, npm test, npm run check
`
}
