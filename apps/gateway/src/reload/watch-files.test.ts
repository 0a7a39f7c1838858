import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FileWatch, WatchPace } from './watch-files.ts'
import { watchFiles } from './watch-files.ts'

let folder = ''
let watching: FileWatch | undefined
let changes = 0

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keeptrusts-watch-'))
  changes = 0
})

afterEach(() => {
  watching?.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

function file(name: string, text = 'a: 1\n'): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** Signs only: a poll would make up for one that is missed. */
function begin(paths: readonly string[], pace: WatchPace = {}): void {
  const onChange = (): void => {
    changes += 1
  }
  watching = watchFiles(paths, onChange, { quietMs: 40, pollMs: 60_000, ...pace })
}

const seen = () => expect.poll(() => changes, { timeout: 5000, interval: 10 })

describe('watchFiles tells of another content', () => {
  it('that was written over the old one', async () => {
    const path = file('c.yaml')
    begin([path])
    writeFileSync(path, 'a: 2\n')
    await seen().toBe(1)
  })

  it('that an editor renamed into place, again and again', async () => {
    const path = file('c.yaml')
    begin([path])
    for (const n of [1, 2, 3]) {
      renameSync(file('.c.yaml.swp', `a: 1${n}\n`), path)
      await seen().toBe(n)
    }
  })

  it('that an editor wrote after moving the old file away', async () => {
    const path = file('c.yaml')
    begin([path])
    renameSync(path, `${path}~`)
    writeFileSync(path, 'a: 2\n')
    await seen().toBe(1)
  })

  it('once, when it comes in pieces after the file was emptied', async () => {
    const path = file('c.yaml')
    begin([path], { quietMs: 300 })
    truncateSync(path)
    for (const piece of ['a:', ' 2', '\n', 'b: 3\n']) {
      appendFileSync(path, piece)
      await wait(5)
    }
    await seen().toBe(1)
    await wait(400)
    expect(changes).toBe(1)
  })

  it('by a link to a folder that was swapped, as Kubernetes does, twice', async () => {
    for (const version of ['v1', 'v2', 'v3']) {
      mkdirSync(join(folder, version))
      writeFileSync(join(folder, version, 'c.yaml'), `a: ${version}\n`)
    }
    symlinkSync('v1', join(folder, '..data'))
    symlinkSync(join('..data', 'c.yaml'), join(folder, 'c.yaml'))
    begin([join(folder, 'c.yaml')])
    for (const [n, version] of [
      [1, 'v2'],
      [2, 'v3'],
    ] as const) {
      symlinkSync(version, join(folder, '..tmp'))
      renameSync(join(folder, '..tmp'), join(folder, '..data'))
      await seen().toBe(n)
    }
  })

  it('of a file in another folder that a link leads to', async () => {
    mkdirSync(join(folder, 'real'))
    const real = file(join('real', 'c.yaml'))
    symlinkSync(real, join(folder, 'c.yaml'))
    begin([join(folder, 'c.yaml')])
    writeFileSync(real, 'a: 2\n')
    await seen().toBe(1)
  })

  it('of any of several files, and of one that goes away and comes back', async () => {
    const [base, top] = [file('base.yaml'), file('top.yaml')]
    begin([base, top])
    writeFileSync(top, 'a: 2\n')
    await seen().toBe(1)
    unlinkSync(base)
    await seen().toBe(2)
    writeFileSync(base, 'a: 3\n')
    await seen().toBe(3)
  })

  it('in a folder that was replaced as a whole', async () => {
    mkdirSync(join(folder, 'conf'))
    const path = file(join('conf', 'c.yaml'))
    begin([path], { pollMs: 50 })
    renameSync(join(folder, 'conf'), join(folder, 'old'))
    mkdirSync(join(folder, 'conf'))
    file(join('conf', 'c.yaml'), 'a: 2\n')
    await seen().toBeGreaterThan(0)
    const before = changes
    await wait(200)
    file(join('conf', 'c.yaml'), 'a: 3\n')
    await seen().toBeGreaterThan(before)
  })
})

describe('watchFiles is silent', () => {
  it('when a file is written with the content it had, and about its neighbours', async () => {
    const path = file('c.yaml')
    begin([path], { pollMs: 50 })
    writeFileSync(path, 'a: 1\n')
    file('other.yaml')
    await wait(300)
    expect(changes).toBe(0)
  })

  it('once it is closed', async () => {
    const path = file('c.yaml')
    begin([path], { pollMs: 50 })
    watching?.close()
    writeFileSync(path, 'a: 2\n')
    await wait(300)
    expect(changes).toBe(0)
  })
})
