const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** True for a day that some year has; the year itself is not looked at. */
export function isDay(month: number, day: number): boolean {
  return day >= 1 && day <= (longestMonths[month - 1] ?? 0)
}

/** True when two digits each of `written` are a month (at `month`) and a day (at `day`). */
export function hasDay(written: string, month: number, day: number): boolean {
  return isDay(Number(written.slice(month, month + 2)), Number(written.slice(day, day + 2)))
}
