import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startAndWait } from '../processes.ts'
import { progress } from '../progress.ts'
import type { Subject } from './subject.ts'
import { freePort } from './subject.ts'

// Later versions of its server library answer every stream with 500.
const manifest = {
  private: true,
  dependencies: { '@portkey-ai/gateway': '1.15.2' },
  overrides: { '@hono/node-server': '1.13.8' },
}
const folder = fileURLToPath(new URL('../../.peers/portkey/', import.meta.url))
const server = join(folder, 'node_modules/@portkey-ai/gateway/build/start-server.js')

/**
 * Portkey's gateway from npm, without guardrails. Installed at the first use into a folder that git ignores; `null`, with
 * a line that says so, where the registry cannot be reached.
 */
export async function startPortkey(upstream: Subject): Promise<Subject | null> {
  if (!existsSync(server) && !install()) {
    progress('Portkey is left out: it could not be installed from the registry')
    return null
  }
  const port = await freePort()
  const { child } = await startAndWait(
    [process.execPath, server, `--port=${port}`, '--headless'],
    /Ready for connections/,
  )
  const headers = {
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': `http://127.0.0.1:${upstream.port}/v1`,
    authorization: 'Bearer unused',
  }
  return { name: 'Portkey 1.15.2, no guardrails', port, child, headers }
}

function install(): boolean {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  progress('installing Portkey from npm')
  // No scripts: what is measured is JavaScript, and nothing of it needs to be compiled.
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=1']
  const { status } = spawnSync('npm', args, {
    cwd: folder,
    stdio: 'ignore',
    shell: process.platform === 'win32',
    timeout: 180_000,
  })
  return status === 0 && existsSync(server)
}
