/** Letters and digits of a value as written, upper-case, without what separates them. */
export function compact(written: string): string {
  return written.replace(/[^0-9A-Za-z]/g, '').toUpperCase()
}

/** The ASCII digits of a value, as numbers. */
export function digitsOf(written: string): number[] {
  return Array.from(written.replace(/[^0-9]/g, ''), Number)
}

/** True when something separates the value into groups: nobody writes order numbers like that by chance. */
export function isGrouped(written: string): boolean {
  return /[^0-9A-Za-z]/.test(written)
}

/**
 * What a check digit says: a wrong one drops the value; a right one proves it when it stands `alone` well enough (long, or written
 * as such values are), and else leaves it to the words around it, since one number in ten has a right digit by chance.
 */
export function verdict(isRight: boolean, alone: boolean): boolean | undefined {
  if (!isRight) return false
  return alone ? true : undefined
}
