import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** A fenced code block of a document. */
export interface Block {
  /** `docs/quickstart.md:12`, for messages. */
  readonly place: string
  readonly language: string
  readonly text: string
}

/** Every Markdown page that users read, relative to the root. */
export function documents(): string[] {
  const folders = ['docs', 'packages', 'apps']
  const below = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(folder, file),
    ),
  )
  const top = readdirSync(root)
  return [...top, ...below].filter(
    (file) => file.endsWith('.md') && !/node_modules|CHANGELOG/.test(file),
  )
}

/** The fenced blocks of one language in all documents. */
export function blocks(language: string): Block[] {
  return documents().flatMap((file) =>
    blocksOf(join(root, file)).filter((block) => block.language === language),
  )
}

function blocksOf(file: string): Block[] {
  const found: Block[] = []
  let open: { line: number; language: string; lines: string[] } | null = null
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    const fence = /^```(\S*)/.exec(line)
    if (open && fence) {
      found.push({
        place: `${relative(root, file)}:${open.line}`,
        language: open.language,
        text: open.lines.join('\n'),
      })
      open = null
    } else if (fence) open = { line: index + 1, language: fence[1] ?? '', lines: [] }
    else open?.lines.push(line)
  }
  return found
}
