// docs/reference/errors.md from the one table of codes.
import { importBuilt } from '../build.mjs'

const groups = [
  [
    'Configuration',
    (code) => /^E\d+$/.test(code),
    'Printed by `kt policy lint` (exit 2) and `kt gateway run` (exit 78), with file, line and column.',
  ],
  [
    'HTTP answers',
    (_, entry) => entry.status !== undefined,
    '`error.code` in the body of an answer.',
  ],
  ['Commands', () => true, 'Printed by `kt`; with `--json` as `error.code`.'],
]

/** The Markdown page. */
export async function errorReference() {
  const { errorCodes } = await importBuilt('packages/core/dist/index.js')
  const left = new Map(Object.entries(errorCodes))
  const sections = groups.map(([title, belongs, intro]) => {
    const mine = [...left].filter(([code, entry]) => belongs(code, entry))
    for (const [code] of mine) left.delete(code)
    return `## ${title}\n\n${intro}\n\n${mine.map(([code, entry]) => entrySection(code, entry)).join('\n')}`
  })
  return `# Errors\n\nGenerated from the table in \`packages/core/src/errors\`. Codes are never renamed or reused.\n\n${sections.join('\n')}`
}

function entrySection(code, { title, fix, status, exit }) {
  const facts = [status && `HTTP ${status}`, exit && `exit ${exit}`].filter(Boolean).join(', ')
  return `### ${code}\n\n**${title}**${facts ? ` (${facts})` : ''}. ${fix}\n`
}
