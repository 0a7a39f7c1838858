import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { policyConfig } from '../fixtures/policy-config.ts'
import { createSandbox } from '../fixtures/spawn-kt.ts'
import { startGateway } from '../fixtures/start-gateway.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..')
const guide = readFileSync(join(root, 'docs/guides/anchor-and-back-up.md'), 'utf8')
const sandbox = createSandbox()
afterAll(() => sandbox.remove())

it('every command of the guide does what it says, the last one with the gateway stopped', async () => {
  writeFileSync(join(sandbox.folder, 'policy-config.yaml'), policyConfig('http://127.0.0.1:9'))
  const gateway = await startGateway(sandbox, [])
  const commands = [...guide.matchAll(/```bash\nkt (.*)\n```/g)].map(([, text = '']) => text)
  expect(commands.at(-1)).toMatch(/^restore /)
  const codes: Record<string, number | null> = {}
  for (const command of commands) {
    if (command.startsWith('restore ')) {
      gateway.child.kill('SIGTERM')
      await gateway.exited
    }
    codes[command] = (await sandbox.kt(command.split(' '))).code
  }
  const { verify, ...others } = { verify: codes['events verify'], ...codes, 'events verify': 0 }
  // Intact; the first anchor of a new log comes after a minute.
  expect([0, 3]).toContain(verify)
  expect(new Set(Object.values(others))).toEqual(new Set([0]))
})
