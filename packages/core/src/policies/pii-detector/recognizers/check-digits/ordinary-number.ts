import { hasDay } from './dates.ts'

// Limits of 32 and 64 bits, which programs print.
const limits = new Set([
  '2147483647',
  '2147483648',
  '4294967295',
  '4294967296',
  '9223372036854775807',
])

/**
 * True for digits in one piece that are likely something ordinary: seconds or milliseconds since 1970 (2014 to 2033), a compact date and
 * time, a row such as 1234567890, one digit repeated. Right check digits prove nothing there.
 */
export function isOrdinaryNumber(digits: string): boolean {
  if (/^1[4-9]\d{8}(?:\d{3}|\d{6})?$/.test(digits)) return true
  if (/^(?:19|20)\d{6}(?:\d{2}|\d{4}|\d{6})?$/.test(digits) && hasDay(digits, 4, 6)) return true
  return limits.has(digits) || isRow(digits)
}

function isRow(digits: string): boolean {
  const steps = new Set<number>()
  for (let index = 1; index < digits.length; index += 1) {
    steps.add((Number(digits[index]) - Number(digits[index - 1]) + 10) % 10)
  }
  return steps.size === 1 && [0, 1, 9].includes([...steps][0] ?? -1)
}
