import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callEvents, openSandboxLog, startEvent } from '../fixtures/recorded-log.ts'
import { createSandbox } from '../fixtures/spawn-kt.ts'

const guides = fileURLToPath(new URL('../../../../docs/guides/', import.meta.url))
const commands = (guide: string) =>
  [...readFileSync(join(guides, guide), 'utf8').matchAll(/```sh\n([\s\S]*?)```/g)]
    .flatMap(([, text]) => text?.split('\n') ?? [])
    .map((line) => line.replace(/\s+(?:#|>>).*$/, ''))
    .filter((line) => line.startsWith('kt '))

const sandbox = createSandbox()
const [call] = callEvents(1)

beforeAll(async () => {
  const store = await openSandboxLog(sandbox)
  await store.rememberConfig('c0ffee', '{"pack":{"name":"p"}}')
  for (const event of [startEvent(), ...callEvents(1), ...callEvents(2)]) await store.append(event)
  await store.close()
  writeFileSync(join(sandbox.folder, 'request.json'), '{"messages":[]}')
})
afterAll(() => sandbox.remove())

describe('the guide on evidence', () => {
  it('has commands', () => {
    expect(commands('audit-evidence.md').length).toBeGreaterThan(8)
  })

  it.each(commands('audit-evidence.md'))('%s', async (line) => {
    const args = line
      .replace('EVENT_ID', call?.id ?? '')
      .split(' ')
      .slice(1)
    const { code, stderr } = await sandbox.kt(args)
    expect({ code, stderr: stderr.replace(/^No call .*\n$/, '') }).toEqual({ code: 0, stderr: '' })
  })
})

describe('the guide on feeds', () => {
  it.each(commands('feed-a-siem.md'))('%s', async (line) => {
    const once = line.includes('--once') ? [] : ['--once']
    const { code, stderr } = await sandbox.kt([...line.split(' ').slice(1), ...once])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })
})
