import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { readWholeLog } from './fixtures/read-log.ts'
import { canMakeDisk, smallDisk } from './fixtures/small-disk.ts'
import { anEvent } from './fixtures/temporary-log.ts'
import { openAuditReader } from './open-audit-reader.ts'
import { openAuditStore } from './open-audit-store.ts'
import { isNetworkFileSystem, volumeSpace } from './volume.ts'

vi.setConfig({ testTimeout: 30_000 })
const patience = { timeout: 20_000, interval: 10 }
const megabyte = 1024 * 1024

describe.skipIf(!canMakeDisk)('a disk that fills up', () => {
  function disk(): {
    readonly log: { dir: string; keysDir: string }
    fill: () => void
    free: () => void
  } {
    const root = smallDisk(onTestFinished)
    return {
      log: { dir: join(root, 'audit'), keysDir: join(root, 'keys') },
      fill: () =>
        writeFileSync(join(root, 'filler'), Buffer.alloc(volumeSpace(root).free - 0.4 * megabyte)),
      free: () => rmSync(join(root, 'filler')),
    }
  }

  it('stops new records before it is full, says so in the log, and goes on by itself', async () => {
    const { log, fill, free } = disk()
    const store = await openAuditStore(log)
    await store.append(anEvent(1))
    fill()
    await vi.waitFor(() => expect(store.state).toBe('degraded'), patience)
    await expect(store.append(anEvent(2))).rejects.toThrow(/disk is almost full/)
    free()
    await vi.waitFor(() => expect(store.state).toBe('open'), patience)
    await store.append(anEvent(3))
    await store.close()
    expect(readWholeLog(log.dir).map(({ type }) => type)).toEqual([
      'test.happened',
      'audit.space_low',
      'audit.recovered',
      'test.happened',
    ])
  })

  it('is not touched at all: neither the writer nor a reader opens the log there', async () => {
    const { log, fill } = disk()
    await (await openAuditStore(log)).close()
    fill()
    await expect(openAuditStore(log)).rejects.toMatchObject({ code: 'disk-full' })
    expect(() => openAuditReader(log)).toThrow(/is full/)
  })
})

describe('isNetworkFileSystem', () => {
  it('knows NFS and CIFS, and does not take local file systems for them', () => {
    expect([0x6969, 0xff534d42, 0xff534d42 | 0].map(isNetworkFileSystem)).toEqual([
      true,
      true,
      true,
    ])
    const [ext4, xfs, btrfs, tmpfs, overlay] = [
      0xef53, 0x58465342, 0x9123683e, 0x01021994, 0x794c7630,
    ]
    expect([ext4, xfs, btrfs, tmpfs, overlay].map(isNetworkFileSystem)).not.toContain(true)
  })
})
