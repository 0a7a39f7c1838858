import type { CompiledPolicy } from '../compiled-policy.ts'
import { shareOf } from '../metrics/ranking.ts'
import { sampleOf } from '../metrics/seeded-random.ts'
import type { InjectionRow } from '../rows.ts'
import type { ScoredRow } from './scored-rows.ts'
import { isFlagged, scoreOf } from './scored-rows.ts'
import { attackKind, harmlessKind } from './text-kinds.ts'

/** Attacks of one kind, planted at one place. */
interface Planted {
  readonly kind: 'override' | 'task'
  readonly position: Position
  readonly count: number
  readonly found: number
}

/** How well attacks inside documents are found. */
export interface IndirectFigures {
  /** Long harmless documents that were planted into. */
  readonly documents: number
  /** Share of them that are flagged as they are. */
  readonly cleanFlagged: number
  readonly planted: readonly Planted[]
  /** Share of the plain tasks that are found alone: more cannot be found inside. */
  readonly tasksAlone: number
}

type Position = 'begin' | 'middle' | 'end'
const positions: readonly Position[] = ['begin', 'middle', 'end']
const SHORTEST_DOCUMENT = 1500
const LONGEST_DOCUMENT = 20_000
const MOST_DOCUMENTS = 250
const LONGEST_OVERRIDE = 300
const MOST_OVERRIDES = 150

/** Plants `tasks` (orders that are attacks only inside a document) and short overrides into long harmless documents, as tool results. */
export function measureIndirect(
  policy: CompiledPolicy,
  scored: readonly ScoredRow[],
  tasks: readonly InjectionRow[],
): IndirectFigures | undefined {
  const documents = sampleOf(scored.filter(isDocument), MOST_DOCUMENTS).map(({ row }) => row.text)
  if (documents.length === 0) return undefined
  const overrides = sampleOf(scored.filter(isShortOverride), MOST_OVERRIDES)
  const found = (text: string) => isFlagged({ score: scoreOf(policy, text, 'tool') })
  const plantAll = (kind: Planted['kind'], attacks: readonly string[]) =>
    positions.map((position, offset) => {
      const texts = attacks.map((attack, index) =>
        plant(
          attack,
          documents[(index * positions.length + offset) % documents.length] ?? '',
          position,
        ),
      )
      return { kind, position, count: texts.length, found: shareOf(texts, found) }
    })
  return {
    documents: documents.length,
    cleanFlagged: shareOf(documents, found),
    planted: [
      ...plantAll(
        'override',
        overrides.map(({ row }) => row.text),
      ),
      ...plantAll(
        'task',
        tasks.map(({ text }) => text),
      ),
    ].filter(({ count }) => count > 0),
    tasksAlone: shareOf(tasks, ({ text }) => found(text)),
  }
}

function isDocument({ attack, row }: ScoredRow): boolean {
  const { length } = row.text
  return (
    !attack &&
    harmlessKind(row) !== 'system prompts' &&
    length >= SHORTEST_DOCUMENT &&
    length <= LONGEST_DOCUMENT
  )
}

// Longer ones are found for themselves wherever they stand.
function isShortOverride({ attack, row }: ScoredRow): boolean {
  return attack && attackKind(row) === 'overrides' && row.text.length <= LONGEST_OVERRIDE
}

/** Puts an attack into a document as a paragraph of its own: before it, behind it, or at the break of a line or word nearest to its middle. */
export function plant(attack: string, document: string, position: Position): string {
  if (position === 'begin') return `${attack}\n\n${document}`
  if (position === 'end') return `${document}\n\n${attack}`
  const cut = middleBreak(document)
  return `${document.slice(0, cut)}\n${attack}\n${document.slice(cut)}`
}

function middleBreak(text: string): number {
  const middle = Math.floor(text.length / 2)
  for (const between of ['\n', '. ', ' ']) {
    const at = text.indexOf(between, middle)
    if (at >= 0 && at < middle + text.length / 4) return at + between.length
  }
  return middle
}
