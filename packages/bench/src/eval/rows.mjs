// For the training commands, which are not compiled.
export { groupOf, readRows } from '../../dist/eval/rows.js'

/** The value after `--name` on the command line. */
export function argument(name) {
  const index = process.argv.indexOf(`--${name}`)
  return index < 0 ? undefined : process.argv[index + 1]
}
