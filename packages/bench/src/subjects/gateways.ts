import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startAndWait, temporaryFolder } from '../processes.ts'
import type { Subject } from './subject.ts'
import { freePort } from './subject.ts'

/** A gateway, and what `kt` needs in its environment to work on its data folder. */
export interface GatewaySubject extends Subject {
  readonly env: NodeJS.ProcessEnv
}

/** How a gateway is started, where it is not as users start it. */
interface GatewayStart {
  /** A module that is loaded before the gateway. */
  readonly preload?: URL
  readonly env?: Readonly<Record<string, string>>
}

/** The command that users start. */
export const kt = fileURLToPath(new URL('../../../../apps/cli/bin/run.js', import.meta.url))

const pageChain = `policies: {chain: [prompt-injection, pii-detector, audit-logger]}
policy:
  prompt-injection: {threshold: 0.8, action: block}
  pii-detector: {action: redact, entities: [PERSON, EMAIL_ADDRESS, PHONE_NUMBER, SSN]}
  audit-logger: {immutable: true, retention_days: 365, log_all_access: true}
`
const noPolicies = `policies: {chain: []}
audit_store: {kind: none}
`

/** The gateway without policies and without a log. */
export function startBareGateway(upstream: Subject): Promise<GatewaySubject> {
  return startGateway('gateway, no policies, no log', upstream, noPolicies)
}

/** The gateway with the documented MLflow chain and a durable record of every call. */
export function startFullGateway(
  upstream: Subject,
  start: GatewayStart = {},
): Promise<GatewaySubject> {
  return startGateway('gateway, full chain + durable log', upstream, pageChain, start)
}

/** The gateway with the documented chain but without a log. */
export function startUnrecordedGateway(upstream: Subject): Promise<GatewaySubject> {
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
): Promise<GatewaySubject> {
  const callbacks = `callbacks: [{type: mlflow, tracking_uri: "${trackingUri}"}]\n`
  return startGateway(name, upstream, pageChain + callbacks)
}

/** `kt gateway run` in front of a model server, with the rest of a configuration. */
export async function startGateway(
  name: string,
  upstream: Subject,
  policies: string,
  { preload, env: added = {} }: GatewayStart = {},
): Promise<GatewaySubject> {
  const port = await freePort()
  const folder = temporaryFolder()
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
    ...[process.execPath, ...(preload ? ['--import', preload.href] : [])],
    ...[kt, 'gateway', 'run', '--listen', `127.0.0.1:${port}`, '--policy-config', config],
  ] as [string, ...string[]]
  const env = { ...environmentIn(folder), ...added }
  const { child } = await startAndWait(command, new RegExp(`127\\.0\\.0\\.1:${port}`), { env })
  return { name, port, child, env }
}

/** The environment in which `kt` keeps all that it has below a folder. */
export function environmentIn(folder: string): NodeJS.ProcessEnv {
  mkdirSync(folder, { recursive: true })
  return {
    ...process.env,
    KEEPTRUSTS_DATA_DIR: join(folder, 'data'),
    KEEPTRUSTS_CONFIG_DIR: join(folder, 'config'),
  }
}
