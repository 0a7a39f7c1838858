/** A Markdown table. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n')
}

/** 0..1 in percent with one decimal; `-` where there is nothing to divide by. */
export function percent(share: number | null): string {
  return isNumber(share) ? `${(100 * share).toFixed(1)} %` : '-'
}

/** With three decimals; `-` for no value. */
export function decimal(value: number | null): string {
  return isNumber(value) ? value.toFixed(3) : '-'
}

// What was NaN is null when it was read back from JSON.
function isNumber(value: number | null): value is number {
  return value !== null && !Number.isNaN(value)
}
