import type { Position } from './config.ts'
import type { ScalarNode } from './config-node.ts'

/** Matches `${X}`, `$X`, `{workspace}`, `<host>` and their percent-encoded braces: what examples leave to be filled in. Not a lone `$`. */
const placeholder = /\$?\{[^{}]*\}|%7B[^%]*%7D|<[^<>]+>|\$[A-Za-z_]\w*/i

/** A placeholder that was left in a text, and where it stands. */
export interface Placeholder {
  readonly text: string
  readonly position: Position
}

/** The first placeholder of a value, or `null`. */
export function findPlaceholder(node: ScalarNode): Placeholder | null {
  const text = placeholder.exec(String(node.value))?.[0]
  if (text === undefined) return null
  const offset = node.source.indexOf(text)
  // A value over several lines is pointed at as a whole.
  const inLine = offset !== -1 && !node.source.slice(0, offset).includes('\n')
  return { text, position: { ...node.at, column: node.at.column + (inLine ? offset : 0) } }
}
