import type { Config } from '@keeptrusts/core'
import { expect, it } from 'vitest'
import { plainStyle } from '../output/style.ts'
import type { Started } from './start-summary.ts'
import { startSummary } from './start-summary.ts'

const config = {
  files: ['policy-config.yaml'],
  pack: { name: 'mlflow-governance', version: '1.0.0', enabled: true },
  chain: [
    { kind: 'prompt-injection', mode: 'enforce' },
    { kind: 'pii-detector', mode: 'monitor' },
  ],
  callbacks: [],
  targets: [
    {
      id: 'mlflow-chat',
      provider: 'openai',
      mode: 'chat',
      model: 'my-chat-model',
      base_url: 'http://mlflow:5000/v1',
      secret_env: 'MLFLOW_TRACKING_TOKEN',
    },
    { id: 'second', provider: 'openai', mode: 'chat', model: 'gpt' },
  ],
  audit_store: { kind: 'sqlite', on_failure: 'closed' },
  warnings: [],
} as unknown as Config

const started: Started = {
  version: '0.1.0',
  url: 'http://127.0.0.1:41002',
  tlsUntil: null,
  config,
  dataDir: '/data',
  configDir: '/config',
  dataDirGiven: false,
  command: 'npx kt',
  failMode: 'block',
  warnings: [],
  adminUrl: null,
  newLogKey: null,
}

it('says what runs, where it sends calls, and where it records them', () => {
  expect(startSummary(started, plainStyle)).toBe(
    `Keeptrusts gateway 0.1.0 on http://127.0.0.1:41002
  Config  mlflow-governance 1.0.0 from policy-config.yaml
  Chain   prompt-injection -> pii-detector (monitor)
  Target  mlflow-chat: openai:chat:my-chat-model at http://mlflow:5000/v1
          second: openai:chat:gpt at https://api.openai.com/v1 (no base_url: the provider's public address)
  Log     /data/audit/audit.db
  Try     npx kt events list --limit 5
`,
  )
})

it('shows the warnings of the gateway, of the configuration, and of a fail mode that lets calls pass', () => {
  const warned: Started = {
    ...started,
    failMode: 'allow',
    warnings: ['TOKEN is not set.\u001b[2J'],
    config: {
      ...config,
      warnings: [
        {
          code: 'E003',
          severity: 'warning',
          path: 'policies.chain[0]',
          position: { file: 'p.yaml', line: 9, column: 3 },
          message: 'No block.',
        },
      ],
    },
  }
  const text = startSummary(warned, plainStyle)
  expect(text).toContain('  warning: p.yaml:9:3 [E003] No block.\n')
  expect(text).toContain('  warning: TOKEN is not set.\\u{1b}[2J\n')
  expect(text).toContain('  warning: With --fail-mode allow')
})

it('prints the key of a new log, and how to read a log kept elsewhere', () => {
  const elsewhere = { ...config, audit_store: { kind: 'sqlite', path: '/logs' } } as Config
  const text = startSummary({ ...started, config: elsewhere, newLogKey: 'log+1a+Ab' }, plainStyle)
  expect(text).toContain('/logs/audit.db')
  expect(text).toContain('log+1a+Ab (public key of the log; note it elsewhere)')
  expect(text).toContain('/config/keys (new; back them up')
  expect(text).toContain('kt events list --limit 5 --data-dir /logs')
  expect(startSummary({ ...started, dataDirGiven: true }, plainStyle)).toContain(
    'kt events list --limit 5 --data-dir /data',
  )
})

it('says when nothing is recorded or checked', () => {
  const bare = { ...config, chain: [], audit_store: { kind: 'none' } } as unknown as Config
  const text = startSummary({ ...started, config: bare }, plainStyle)
  expect(text).toContain('none (audit_store.kind: none)')
  expect(text).toContain('nothing is checked')
})

it('says where reports go', () => {
  const callbacks = [{ tracking_uri: 'http://mlflow:5000', experiment: 'keeptrusts' }]
  const reporting = { ...config, callbacks } as unknown as Config
  expect(startSummary({ ...started, config: reporting }, plainStyle)).toContain(
    'to MLflow at http://mlflow:5000, experiment keeptrusts',
  )
})
