/** How sensitive data can be, ascending. */
export const levels = ['public', 'internal', 'confidential', 'restricted'] as const

export type Level = (typeof levels)[number]

/** True when data of a level may not be seen under a ceiling. */
export function exceeds(level: Level, ceiling: Level): boolean {
  return levels.indexOf(level) > levels.indexOf(ceiling)
}

/** The highest of some levels; `public` without any. */
export function highest(some: readonly Level[]): Level {
  return some.reduce<Level>((most, level) => (exceeds(level, most) ? level : most), 'public')
}

/** The level that a text names, in any case; `null` for anything else. */
export function levelNamed(text: string): Level | null {
  const name = text.trim().toLowerCase()
  return levels.find((level) => level === name) ?? null
}

const levelOfMark: Readonly<Record<string, Level>> = {
  'internal-only-mark': 'internal',
  'no-distribution-mark': 'internal',
  'confidential-mark': 'confidential',
  'confidential-words': 'confidential',
  'official-use-mark': 'confidential',
  'tlp-amber-mark': 'confidential',
}

/** The level of a classification mark by its rule id: what is not known to be less (TOP SECRET, RESTRICTED, TLP:RED, …) is restricted. */
export function levelOf(mark: string): Level {
  return levelOfMark[mark] ?? 'restricted'
}
