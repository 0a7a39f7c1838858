import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parseConfig } from '@keeptrusts/core'
import type { RunningGateway } from '@keeptrusts/gateway'
import { createLog, serveGateway } from '@keeptrusts/gateway'
import { startDemoModel } from '@keeptrusts/testing'
import { afterEach, expect, test } from 'vitest'

const here = import.meta.dirname
const run = promisify(execFile)
const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
})

/** A gateway with the configuration of an example, in front of the demo model of `npm start`. */
async function startGateway(example: string): Promise<RunningGateway> {
  const model = await startDemoModel({ port: 0, model: 'gpt-4o-mini' })
  const folder = mkdtempSync(join(tmpdir(), 'keeptrusts-example-'))
  const file = join(here, example, 'policy-config.yaml')
  const targets = [{ id: 'my-chat-model', base_url: model.url }]
  const running = await serveGateway({
    config: parseConfig([
      { file, text: readFileSync(file, 'utf8') },
      { file: 'test.yaml', text: JSON.stringify({ providers: { targets } }) },
    ]),
    listen: { host: '127.0.0.1', port: 0 },
    dataDir: join(folder, 'data'),
    configDir: join(folder, 'config'),
    env: {},
    log: createLog(() => {}),
    version: '0.0.0-test',
  })
  endings.push(
    () => model.close(),
    () => rmSync(folder, { recursive: true, force: true }),
    () => running.close({ drainMs: 100 }),
  )
  return running
}

/** What the README of an example says that it prints. */
function promised(example: string): string {
  const readme = readFileSync(join(here, example, 'README.md'), 'utf8')
  return /^```text\n([\s\S]*?)^```/m.exec(readme)?.[1] ?? ''
}

test.each(['openai-node', 'langchain'])('%s prints what its README says', async (example) => {
  const { url, gateway } = await startGateway(example)
  // Nothing else of the environment: keys and tracing of whoever runs this are not the example's.
  const { PATH, SystemRoot } = process.env
  const env = { PATH, SystemRoot, KEEPTRUSTS_URL: `${url}/v1` }
  const { stdout, stderr } = await run(process.execPath, [join(here, example, 'chat.mjs')], { env })
  expect(stderr).toBe('')
  expect(stdout.replaceAll(/req_[\w-]+/g, 'req_…')).toBe(promised(example))
  // Two answers and one block: none of them was sent a second time.
  expect(gateway.deps.status.processed).toBe(3)
})
