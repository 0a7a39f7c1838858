// What `npm run new-policy` and `npm run new-provider` share: names, templates, and writing all or nothing.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './build.mjs'
import { StepError } from './step.mjs'

/** Wrong input: exit code 2. */
class InputError extends StepError {
  exitCode = 2
}

const forms = {
  policy: { pattern: /^[a-z]+(-[a-z]+)*$/, example: 'content-filter', of: 'letters' },
  provider: { pattern: /^[a-z][a-z\d]*(-[a-z\d]+)*$/, example: 'groq', of: 'letters and digits' },
}

const reservedWords = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false
   finally for function if implements import in instanceof interface let new null package private protected public
   return static super switch this throw true try typeof undefined var void while with yield`.split(
    /\s+/,
  ),
)

// Windows has no folders of these names.
const devices = /^(con|prn|aux|nul|com\d|lpt\d)$/

/**
 * The one argument, as the names that templates use. Throws with exit code 2 for what cannot be a folder, a key of the
 * configuration and a name in the code at once, and for what exists.
 * @param {'policy' | 'provider'} what
 * @param {string[]} argv
 * @param {{folder: string, registry: string, nameOf: (names: {camel: string}) => string}} place
 */
export function readNames(what, argv, { folder, registry, nameOf }) {
  const [id, ...more] = argv
  const { pattern, example, of } = forms[what]
  if (id === undefined || more.length > 0)
    throw new InputError(`Give one id: npm run new-${what} -- ${example}`)
  const quoted = JSON.stringify(id)
  if (!pattern.test(id) || id.length > 40)
    throw new InputError(
      `${quoted} is not an id: at most 40 lower-case ${of}, with single dashes inside, as in ${example}.`,
    )
  if (reservedWords.has(id) || devices.test(id))
    throw new InputError(`${quoted} is a reserved word. Add a word, as in ${id}-${what}.`)
  if (existsSync(join(root, folder, id)))
    throw new InputError(`The ${what} ${quoted} exists: ${folder}/${id}.`)
  const names = namesOf(id)
  const name = nameOf(names)
  if (wordsIn(what, registry).has(name))
    throw new InputError(`${quoted} becomes ${name}, a name in the code. Add a word to the id.`)
  return names
}

function namesOf(id) {
  const camel = id.replace(/-(.)/g, (_, letter) => letter.toUpperCase())
  const snake = id.replaceAll('-', '_')
  const pascal = camel[0].toUpperCase() + camel.slice(1)
  return { id, camel, pascal, snake, upper: snake.toUpperCase() }
}

function wordsIn(what, registry) {
  const code = templatesOf(what).filter((name) => name.includes('.ts.'))
  const texts = [read(registry), ...code.map((name) => read(`scripts/templates/${what}/${name}`))]
  return new Set(texts.join('\n').match(/[A-Za-z]\w*/g))
}

function templatesOf(what) {
  return readdirSync(join(root, 'scripts', 'templates', what))
}

/** A template, filled in. `name` is its file name without `.template`. */
export function fill(what, name, { id, camel, pascal, snake, upper }) {
  return read(`scripts/templates/${what}/${name}.template`)
    .replaceAll('__ID__', id)
    .replaceAll('__CAMEL__', camel)
    .replaceAll('__PASCAL__', pascal)
    .replaceAll('__SNAKE__', snake)
    .replaceAll('__UPPER__', upper)
}

/** The text of a file of the repository, with line feeds only. */
export function read(file) {
  return readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n')
}

/** Replaces what `pattern` finds; a file that looks different by now is an error, not a silent miss. */
export function edit(file, edits) {
  const text = edits.reduce((before, [pattern, replacement]) => {
    if (!pattern.test(before)) throw new StepError(`${file} has nothing like ${pattern} any more.`)
    return before.replace(pattern, replacement)
  }, read(file))
  return { file, text }
}

/**
 * Writes files and formats those that are code; undoes everything when something fails.
 * @param {{file: string, text: string}[]} changes paths from the root
 */
export function writeAll(changes, base = root) {
  const done = []
  try {
    for (const { file, text } of changes) done.push(write(join(base, file), text))
    format(changes.map(({ file }) => file).filter((file) => file.endsWith('.ts')))
  } catch (error) {
    for (const undo of done.reverse()) undo()
    throw error
  }
}

function write(path, text) {
  const before = existsSync(path) ? readFileSync(path) : null
  const made = mkdirSync(dirname(path), { recursive: true })
  try {
    writeFileSync(path, text)
  } catch (error) {
    if (made !== undefined) rmSync(made, { recursive: true })
    throw error
  }
  return () => {
    if (before !== null) writeFileSync(path, before)
    else rmSync(made ?? path, { recursive: true, force: true })
  }
}

/** Puts imports in order and breaks lines as everywhere else. */
function format(files) {
  if (files.length === 0) return
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [biome, 'check', '--write', ...files],
    { cwd: root, encoding: 'utf8' },
  )
  if (status !== 0) throw new StepError(`Formatting failed:\n${error?.message ?? stdout + stderr}`)
}
