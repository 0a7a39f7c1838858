import type { ChildProcess } from 'node:child_process'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startAndWait } from './processes.ts'

/** Something that the load is sent to: the upstream itself, or what stands before it. */
export interface Subject {
  readonly name: string
  readonly port: number
  readonly child: ChildProcess
  /** Where calls go; `/v1/chat/completions` when absent. */
  readonly path?: string
}

/** A gateway, and what `kt` needs in its environment to work on its data folder. */
export interface GatewaySubject extends Subject {
  readonly env: NodeJS.ProcessEnv
}

/** The command that users start. */
export const kt = fileURLToPath(new URL('../../../apps/cli/bin/run.js', import.meta.url))
const upstreamFile = fileURLToPath(new URL('./upstream.js', import.meta.url))
const trackingFile = fileURLToPath(new URL('./tracking.js', import.meta.url))

const pageChain = `policies: {chain: [prompt-injection, pii-detector, audit-logger]}
policy:
  prompt-injection: {threshold: 0.8, action: block}
  pii-detector: {action: redact, entities: [PERSON, EMAIL_ADDRESS, PHONE_NUMBER, SSN]}
  audit-logger: {immutable: true, retention_days: 365, log_all_access: true}
`
const noPolicies = `policies: {chain: []}
audit_store: {kind: none}
`

/** The model server alone. */
export async function startUpstream(): Promise<Subject> {
  const { child, match } = await startAndWait([process.execPath, upstreamFile], /^(\d+)\n/m)
  return { name: 'direct', port: Number(match[1]), child }
}

/** The model server as `mlflow models serve` would be, on a free port unless told otherwise. */
export async function startScoring(port = 0): Promise<Subject> {
  const command = [process.execPath, upstreamFile, 'scoring', `${port}`] as const
  const { child, match } = await startAndWait(command, /^(\d+)\n/m)
  return { name: 'scoring', port: Number(match[1]), child }
}

/** The model server that streams. */
export async function startStreaming(): Promise<Subject> {
  const { child, match } = await startAndWait(
    [process.execPath, upstreamFile, 'stream'],
    /^(\d+)\n/m,
  )
  return { name: 'direct', port: Number(match[1]), child }
}

/** nginx as reverse proxy with keep-alive, the practical floor; `null` where it is not installed. */
export async function startNginx(upstream: Subject): Promise<Subject | null> {
  if (spawnSync('nginx', ['-v']).error) return null
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'keeptrusts-bench-'))
  const file = join(folder, 'nginx.conf')
  writeFileSync(
    file,
    `daemon off; master_process off; worker_processes 1; pid ${folder}/pid; error_log stderr notice;
events { worker_connections 1024; }
http {
  access_log off; client_body_temp_path ${folder}; proxy_temp_path ${folder};
  fastcgi_temp_path ${folder}; uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
  keepalive_requests 1000000;
  upstream model { server 127.0.0.1:${upstream.port}; keepalive 256; keepalive_requests 1000000; }
  server { listen 127.0.0.1:${port}; location / { proxy_pass http://model; proxy_http_version 1.1; proxy_set_header Connection ""; } }
}
`,
  )
  const { child } = await startAndWait(
    ['nginx', '-c', file, '-p', folder],
    /start worker|using the "epoll"|signal process/,
  )
  return { name: 'nginx', port, child }
}

/** The gateway without policies and without a log. */
export function startBareGateway(upstream: Subject): Promise<Subject> {
  return startGateway('gateway, no policies, no log', upstream, noPolicies)
}

/** The gateway with the documented MLflow chain and a durable record of every call. */
export function startFullGateway(upstream: Subject): Promise<Subject> {
  return startGateway('gateway, full chain + durable log', upstream, pageChain)
}

/** The gateway with the documented chain but without a log. */
export function startUnrecordedGateway(upstream: Subject): Promise<Subject> {
  const chain = pageChain.replace(', audit-logger]', ']').replace(/ {2}audit-logger:.*\n/, '')
  return startGateway(
    'gateway, full chain, no log',
    upstream,
    `${chain}audit_store: {kind: none}\n`,
  )
}

/** The same, reporting to the tracking server at `trackingUri`; none needs to be there. */
export function startReportingGateway(
  name: string,
  upstream: Subject,
  trackingUri: string,
): Promise<Subject> {
  const callbacks = `callbacks: [{type: mlflow, tracking_uri: "${trackingUri}"}]\n`
  return startGateway(name, upstream, pageChain + callbacks)
}

/** A tracking server that takes everything. */
export async function startTracking(): Promise<Subject> {
  const { child, match } = await startAndWait([process.execPath, trackingFile], /^(\d+)\n/m)
  return { name: 'tracking', port: Number(match[1]), child }
}

/** `kt gateway run` in front of a model server, with the rest of a configuration. */
export async function startGateway(
  name: string,
  upstream: Subject,
  policies: string,
): Promise<GatewaySubject> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'keeptrusts-bench-'))
  const config = join(folder, 'policy-config.yaml')
  writeFileSync(
    config,
    `pack: {name: bench, version: 1.0.0, enabled: true}
providers:
  targets:
    - {id: model, provider: "openai:chat:my-chat-model", base_url: "http://127.0.0.1:${upstream.port}/v1"}
${policies}`,
  )
  const command = [
    process.execPath,
    kt,
    'gateway',
    'run',
    '--listen',
    `127.0.0.1:${port}`,
    '--policy-config',
    config,
  ] as const
  const env = {
    ...process.env,
    KEEPTRUSTS_DATA_DIR: join(folder, 'data'),
    KEEPTRUSTS_CONFIG_DIR: join(folder, 'config'),
  }
  const { child } = await startAndWait(command, new RegExp(`127\\.0\\.0\\.1:${port}`), { env })
  return { name, port, child, env }
}

/** A port of 127.0.0.1 that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address !== null && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('no port')),
      )
    })
  })
}
