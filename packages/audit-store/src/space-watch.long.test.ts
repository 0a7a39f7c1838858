import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { canMakeDisk, smallDisk } from './fixtures/small-disk.ts'
import { SpaceWatch } from './space-watch.ts'
import { volumeSpace } from './volume.ts'

const mebibyte = 1024 * 1024

describe.skipIf(!canMakeDisk)('SpaceWatch', () => {
  it('keeps a ballast, gives it up when the space gets low, and takes it again when there is room', () => {
    const root = smallDisk(onTestFinished)
    const dir = join(root, 'audit')
    mkdirSync(dir)
    const watch = new SpaceWatch(dir)
    const ballast = join(dir, 'audit.ballast')
    const fill = (left: number): void => {
      rmSync(join(root, 'filler'), { force: true })
      writeFileSync(join(root, 'filler'), Buffer.alloc(volumeSpace(root).free - left))
    }
    expect(watch.look().low).toBe(false)
    expect(statSync(ballast)).toMatchObject({ size: mebibyte / 8 })
    expect(statSync(ballast).mode & 0o777).toBe(0o600)

    fill(0.95 * mebibyte)
    expect(watch.look().low).toBe(true)
    expect(existsSync(ballast)).toBe(false)
    // What the ballast gave back is no room for calls.
    expect(volumeSpace(root).free).toBeGreaterThan(mebibyte)
    expect(watch.look().low).toBe(true)

    fill(1.2 * mebibyte)
    expect([watch.look().low, existsSync(ballast)]).toEqual([false, false])
    fill(4 * mebibyte)
    expect([watch.look().low, existsSync(ballast)]).toEqual([false, true])
  })
})
