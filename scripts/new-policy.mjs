// `npm run new-policy -- <id>`: writes a policy that works, with its tests, to be changed into the one you need.
import { edit, fill, read, readNames, writeAll } from './scaffold.mjs'
import { fail } from './step.mjs'

const folder = 'packages/core/src/policies'
const registry = `${folder}/registry.ts`

try {
  const names = readNames('policy', process.argv.slice(2), {
    folder,
    registry,
    nameOf: ({ camel }) => camel,
  })
  writeAll([...filesOf(names), registered(names)])
  process.stdout.write(nextSteps(names))
} catch (error) {
  fail(error)
}

function filesOf(names) {
  const { id } = names
  const files = {
    'policy.ts': `${id}.ts`,
    'policy.test.ts': `${id}.test.ts`,
    'schema.ts': 'schema.ts',
    'cases.yaml': 'cases.yaml',
    'README.md': 'README.md',
  }
  return Object.entries(files).map(([template, file]) => ({
    file: `${folder}/${id}/${file}`,
    text: fill('policy', template, names),
  }))
}

/** The registry is sorted by kind; the kebab-case kind of a name follows from it. */
function registered({ id, camel }) {
  const kindOf = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return edit(registry, [
    [/^/, `import { ${camel} } from './${id}/${id}.ts'\n`],
    [
      /(const builtin = \[)([^\]]*)\]/,
      (_, head, list) => {
        const there = list.split(/[\s,]+/).filter(Boolean)
        const sorted = [...there, camel].sort((a, b) => (kindOf(a) < kindOf(b) ? -1 : 1))
        return `${head}\n    ${sorted.join(',\n    ')},\n  ]`
      },
    ],
  ])
}

function nextSteps({ id }) {
  const known = new RegExp(`^  '?${id}'?: \\{\\n    purpose: '(.*)'`, 'm').exec(
    read('packages/core/src/config/policy-catalogue.ts'),
  )
  const about =
    known === null
      ? "a kind of your own; the product's catalogue has no such name"
      : `in the product's catalogue: ${known[1]}`
  return `Wrote ${folder}/${id} and its line in ${registry}.
"${id}" is ${about}

It redacts or blocks a list of terms, and its tests pass as it stands. Change, in this order:
  cases.yaml     what it shall decide
  schema.ts      its options, and their rows in README.md
  ${id}.ts
Then: npm run docs, npx changeset, npm test, npm run check
`
}
