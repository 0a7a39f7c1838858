/**
 * The line of an anchor: `{"time":…,"note":…}` without a line feed, in ASCII, since a syslog on the way may change anything else.
 * `at`: milliseconds since the epoch.
 */
export function anchorLine(note: string, at: number): string {
  return JSON.stringify({ time: new Date(at).toISOString(), note }).replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
