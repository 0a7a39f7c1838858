/** Colours, or nothing where colours do not belong. */
export interface Style {
  bold(text: string): string
  dim(text: string): string
  good(text: string): string
  warn(text: string): string
  bad(text: string): string
}

/** Leaves every text as it is. */
export const plainStyle: Style = {
  bold: (text) => text,
  dim: (text) => text,
  good: (text) => text,
  warn: (text) => text,
  bad: (text) => text,
}

const paint = (open: number, close: number) => (text: string) =>
  `\u001b[${open}m${text}\u001b[${close}m`

/** The sixteen colours that every terminal has, as its owner has set them. */
export const colourStyle: Style = {
  bold: paint(1, 22),
  dim: paint(2, 22),
  good: paint(32, 39),
  warn: paint(33, 39),
  bad: paint(31, 39),
}

type Environment = Readonly<Record<string, string | undefined>>

/** Colour on a terminal only, and not against the will of its user (no-color.org, `TERM=dumb`). */
export function styleFor(stream: { readonly isTTY?: boolean }, env: Environment): Style {
  const wanted = stream.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb'
  return wanted ? colourStyle : plainStyle
}
