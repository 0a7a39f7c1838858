/** A place in a page. */
interface Figure {
  readonly line: number
  /** As it is written there. */
  readonly text: string
}

/** A figure that says how fast something is or what it takes: a number with a unit of time, of throughput, or a factor. */
const figure =
  /\d[\d.,]*\s?(?:ms|µs|us|milliseconds|microseconds)\b|\d[\d.,]*\s?(?:requests|calls|events|streams|rps)(?:\/s|\s(?:a|per)\ssecond)\b|\d[\d.,]*\s?rps\b|\d[\d.]*\s?×|×\s?\d[\d.]*/
const source = /packages\/bench\/results\/[\w.-]+\.(?:md|json)\b/g

/**
 * The performance figures of a Markdown page in whose section (from one heading to the next) no result file is named, at most
 * one a line. Code, fenced or inline, holds settings and output, not figures that somebody measured.
 */
export function figuresWithoutSource(page: string): Figure[] {
  return sectionsOf(page).flatMap(({ lines, first }) => {
    if (resultFiles(lines.join('\n')).length > 0) return []
    return lines.flatMap((text, index) => {
      const found = figure.exec(text.replaceAll(/`[^`]*`/g, ''))
      return found === null ? [] : [{ line: first + index, text: found[0] }]
    })
  })
}

/** The result files that a text names, from the root. */
export function resultFiles(text: string): string[] {
  return text.match(source) ?? []
}

interface Section {
  /** Number of its first line. */
  readonly first: number
  /** Empty in place of those inside a fence. */
  readonly lines: readonly string[]
}

function sectionsOf(page: string): Section[] {
  const sections: { first: number; lines: string[] }[] = [{ first: 1, lines: [] }]
  let fenced = false
  for (const [index, line] of page.split('\n').entries()) {
    const fence = /^\s*```/.test(line)
    if (fence) fenced = !fenced
    if (!fenced && /^#{1,6} /.test(line)) sections.push({ first: index + 1, lines: [] })
    sections.at(-1)?.lines.push(fence || fenced ? '' : line)
  }
  return sections
}
