// A copy of the sources for tests that change them. Packages are links to those of the original.
import { cpSync, existsSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { root } from './build.mjs'

const left = new Set(['node_modules', 'dist', '.turbo', '.git', 'results'])

/** Copies the given paths into an empty folder, with a `node_modules` whose own packages are those of the copy. */
export function copySources(paths, folder) {
  for (const path of paths)
    cpSync(join(root, path), join(folder, path), {
      recursive: true,
      filter: (source) => !left.has(relative(dirname(source), source)),
    })
  for (const place of ['.', ...paths]) linkPackages(join(root, place), join(folder, place), folder)
}

function linkPackages(from, to, folder) {
  const packages = join(from, 'node_modules')
  if (!existsSync(packages)) return
  for (const name of readdirSync(packages)) {
    if (name.startsWith('.')) continue
    const names = name.startsWith('@')
      ? readdirSync(join(packages, name)).map((inner) => join(name, inner))
      : [name]
    for (const each of names) link(join(packages, each), join(to, 'node_modules', each), folder)
  }
}

function link(from, to, folder) {
  const place = relative(root, realpathSync(from))
  const target = place.startsWith('node_modules') ? from : join(folder, place)
  if (!existsSync(target)) return
  mkdirSync(dirname(to), { recursive: true })
  // Junctions need no rights on Windows; elsewhere the word has no effect.
  symlinkSync(target, to, 'junction')
}
