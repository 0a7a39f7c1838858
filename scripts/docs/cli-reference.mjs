// docs/reference/cli.md from the commands' own declarations.
import { importBuilt } from '../build.mjs'

/** The Markdown page. */
export async function cliReference() {
  const { COMMANDS } = await importBuilt('apps/cli/dist/index.js')
  const sections = Object.entries(COMMANDS)
    .filter(([, command]) => !command.hidden)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, command]) => commandSection(id.replaceAll(':', ' '), command))
  return `# Command line

Generated from the commands' declarations; \`kt COMMAND --help\` prints the same. Exit codes: 0 ok, 1 failed, 2 wrong input,
78 bad configuration.

${sections.join('\n')}`
}

function commandSection(id, { summary, description, examples = [], args = {}, flags = {} }) {
  const names = Object.entries(args).map(([name, arg]) =>
    arg.required ? name.toUpperCase() : `[${name.toUpperCase()}]`,
  )
  const about = [summary, description]
    .filter(Boolean)
    .map((text) => text.replaceAll('<%= config.bin %>', 'kt'))
  return `## kt ${[id, ...names].join(' ')}

${about.join('\n\n')}

${flagTable(flags)}
\`\`\`sh
${examples.map((example) => exampleText(example, id)).join('\n')}
\`\`\`
`
}

function flagTable(flags) {
  const shown = Object.entries(flags).filter(([, flag]) => !flag.hidden)
  if (shown.length === 0) return ''
  const rows = shown.map(([name, flag]) => {
    const value =
      flag.type === 'boolean'
        ? ''
        : ` ${flag.helpValue ?? (flag.options ? flag.options.join('|') : 'VALUE')}`
    const fallback =
      typeof flag.default === 'function' || flag.default === undefined || flag.default === false
        ? ''
        : `\`${flag.default}\``
    const notes = [
      flag.summary ?? flag.description ?? '',
      flag.env && `Environment: \`${flag.env}\`.`,
      flag.multiple && 'May repeat.',
    ]
    return `| \`--${name}${value.replaceAll('|', '\\|')}\` | ${fallback} | ${notes.filter(Boolean).join(' ').replaceAll('|', '\\|')} |`
  })
  return `| flag | default | meaning |\n|---|---|---|\n${rows.join('\n')}\n`
}

function exampleText(example, id) {
  const text = typeof example === 'string' ? example : example.command
  return text
    .replaceAll('<%= config.bin %>', 'kt')
    .replaceAll('<%= command.id %>', id)
    .replace(/^\$ /, '')
}
