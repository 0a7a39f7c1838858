export interface Column {
  readonly title: string
  readonly align?: 'right'
  /** Narrowest width at which a cell still says something; absent: never cut. */
  readonly min?: number
  /** The column with the highest rank is left out first when the table is too wide; absent: never. */
  readonly rank?: number
}

/** Changes how a cell looks, not how wide it is. */
type Paint = (text: string, column: Column) => string

export interface TableOptions {
  /** Characters per line; absent: as wide as needed. */
  readonly width?: number
  readonly paint?: Paint
}

const GAP = '  '

/** Rows under their titles, aligned, fitted to a width by cutting cells and then leaving out columns. Ends with a line break. */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: TableOptions = {},
): string {
  return new GrowingTable(columns, options).add(rows)
}

/** A table whose rows come over time: columns become as wide as the widest cell so far, never narrower. */
export class GrowingTable {
  readonly #options: TableOptions
  #columns: readonly Sized[]
  #titled = false

  constructor(columns: readonly Column[], options: TableOptions = {}) {
    this.#options = options
    this.#columns = columns.map((column, index) => ({
      column,
      index,
      width: lengthOf(column.title),
    }))
  }

  /** The lines of more rows, below their titles the first time. Ends with a line break. */
  add(rows: readonly (readonly string[])[]): string {
    this.#columns = this.#columns.map((sized) => widened(sized, rows))
    const fitted = fit(this.#columns, this.#options.width)
    const paint = this.#options.paint ?? ((text: string) => text)
    const lines = rows.map((row) => lineOf(fitted, row, paint))
    if (!this.#titled) {
      const titles = this.#columns.map(({ column }) => column.title)
      lines.unshift(lineOf(fitted, titles, (text) => text))
    }
    this.#titled = true
    return lines.map((line) => `${line}\n`).join('')
  }
}

function lineOf(fitted: readonly Sized[], cells: readonly string[], paint: Paint): string {
  return fitted
    .map(({ column, index, width }) => paint(pad(cells[index] ?? '', width, column), column))
    .join(GAP)
    .trimEnd()
}

interface Sized {
  readonly column: Column
  readonly index: number
  readonly width: number
}

function widened(sized: Sized, rows: readonly (readonly string[])[]): Sized {
  const widths = rows.map((row) => lengthOf(row[sized.index] ?? ''))
  return { ...sized, width: Math.max(sized.width, ...widths) }
}

function fit(columns: readonly Sized[], limit: number | undefined): readonly Sized[] {
  if (limit === undefined || total(columns) <= limit) return columns
  const narrowed = narrow(columns, total(columns) - limit)
  if (total(narrowed) <= limit) return narrowed
  const first = [...columns].sort((a, b) => (b.column.rank ?? 0) - (a.column.rank ?? 0))[0]
  if (first?.column.rank === undefined) return narrowed
  return fit(
    columns.filter((sized) => sized !== first),
    limit,
  )
}

/** Takes `excess` characters away, from the column with the most to give first. */
function narrow(columns: readonly Sized[], excess: number): readonly Sized[] {
  const widths = columns.map((sized) => sized.width)
  const spare = (i: number) => (widths[i] ?? 0) - (columns[i]?.column.min ?? widths[i] ?? 0)
  for (let left = excess; left > 0; left--) {
    let widest = 0
    for (let i = 1; i < widths.length; i++) if (spare(i) > spare(widest)) widest = i
    if (spare(widest) <= 0) break
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  return columns.map((sized, i) => ({ ...sized, width: widths[i] ?? sized.width }))
}

function total(columns: readonly Sized[]): number {
  return columns.reduce((sum, { width }) => sum + width, 0) + GAP.length * (columns.length - 1)
}

function pad(text: string, width: number, column: Column): string {
  const shown = lengthOf(text) > width ? `${[...text].slice(0, width - 1).join('')}…` : text
  const blanks = ' '.repeat(width - lengthOf(shown))
  return column.align === 'right' ? blanks + shown : shown + blanks
}

function lengthOf(text: string): number {
  return [...text].length
}
