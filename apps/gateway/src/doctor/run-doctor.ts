import type { Config, Target } from '@keeptrusts/core'
import type { ListenAddress } from '../listen.ts'
import { createLog } from '../log/log.ts'
import { callsHttps } from '../providers/calls-https.ts'
import { KindBook } from '../providers/kind-book.ts'
import { providerOf } from '../providers/registry.ts'
import { createTarget } from '../providers/target-runtime.ts'
import type { EgressProxy } from '../transport/egress-proxy.ts'
import { readEgressProxy } from '../transport/egress-proxy.ts'
import type { Transport } from '../transport/transport.ts'
import { createUndiciTransport } from '../transport/undici-transport.ts'
import { checkClock } from './check-clock.ts'
import { checkPort } from './check-port.ts'
import { checkNode, checkOpenFiles } from './check-runtime.ts'
import { examineCallbacks } from './examine-callback.ts'
import { examineFolders } from './examine-folders.ts'
import type { ExaminedTarget, TargetReport } from './examine-target.ts'
import { examineTarget, unusableTarget } from './examine-target.ts'
import type { Finding } from './finding.ts'
import { about, failed, ok } from './finding.ts'
import { unusableSetting } from './unusable-setting.ts'

export interface DoctorOptions {
  /** `null` when it has errors: what needs no configuration is checked all the same. */
  readonly config: Config | null
  /** Only this target; all when absent. */
  readonly target?: string
  /** Whether each model may be called twice, for one token. */
  readonly call: boolean
  readonly listen: ListenAddress
  readonly dataDir: string
  readonly configDir: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

/** Everything that was found. */
export interface Diagnosis {
  readonly findings: readonly Finding[]
  readonly targets: readonly ExaminedTarget[]
}

/**
 * Looks at the targets of a configuration, at the folders and at this machine, and says what is wrong and how to mend it.
 * Sends each server the credentials that the gateway would send it, and no model is called without `call`. Writes nothing.
 */
export async function runDoctor(options: DoctorOptions): Promise<Diagnosis> {
  const { config, listen, env } = options
  const proxy = config === null || callsHttps(config) ? readProxy(env) : noProxy
  const transport = createUndiciTransport(proxy.used)
  const { now = Date.now } = options
  const deps = { ...options, transport, proxy: proxy.used, now }
  try {
    const [reports, callbacks, port] = await Promise.all([
      config ? examineTargets(config, deps) : [],
      config ? examineCallbacks(config.callbacks, deps) : [],
      checkPort(listen, transport),
    ])
    const clock = checkClock(reports.flatMap((report) => report.clock ?? []))
    return {
      findings: [
        ...(config ? examineConfig(config) : []),
        ...proxy.findings,
        ...reports.flatMap((report) => report.findings),
        ...callbacks,
        ...examineFolders(options),
        about('this machine', 'port', port),
        about('this machine', 'clock', clock),
        about('this machine', 'node', checkNode()),
        about('this machine', 'open files', checkOpenFiles()),
      ],
      targets: reports.map((report) => report.target),
    }
  } finally {
    await transport.close()
  }
}

type Wired = DoctorOptions & {
  readonly transport: Transport
  readonly proxy: EgressProxy | null
  readonly now: () => number
}

interface FoundProxy {
  readonly used: EgressProxy | null
  readonly findings: readonly Finding[]
}

/** A gateway that calls nothing by https does not read the variables. */
const noProxy: FoundProxy = { used: null, findings: [] }

/** The proxy that a gateway would use, or why it would not start. */
function readProxy(env: DoctorOptions['env']): FoundProxy {
  try {
    return { used: readEgressProxy(env), findings: [] }
  } catch (error) {
    return { used: null, findings: [about('this machine', 'proxy', unusableSetting(error))] }
  }
}

function examineTargets(
  { targets }: Config,
  { env, call, transport, proxy, target: only, now }: Wired,
): Promise<readonly TargetReport[]> {
  const isProbed: ConstructorParameters<typeof KindBook>[0]['isProbed'] = ({ target }) =>
    target.base_url !== undefined && providerOf(target.provider).probes
  const kinds = new KindBook({ transport, log: createLog(() => {}), isProbed })
  const deps = { transport, kinds, now, proxy, call }
  const examine = async (target: Target, index: number): Promise<TargetReport> => {
    const path = `providers.targets[${index}]`
    try {
      return await examineTarget(createTarget(target, path, { env, transport, now }), deps)
    } catch (error) {
      return unusableTarget(target, unusableSetting(error))
    }
  }
  const reports = targets.map((target, index) =>
    only === undefined || target.id === only ? examine(target, index) : null,
  )
  return Promise.all(reports.filter((report) => report !== null))
}

/** What stops a gateway although the file loads, and what clients can ask for. */
function examineConfig(config: Config): readonly Finding[] {
  const { pack, targets } = config
  const subject = 'configuration'
  const off = failed(
    'pack-disabled',
    `The pack ${pack.name} is switched off, and a gateway that enforces nothing does not start.`,
    'Set pack.enabled: true.',
  )
  const none = failed(
    'no-target',
    'There is no model server to forward calls to.',
    'Add one under providers.targets.',
  )
  const listed = ok('models-listed', `Clients can ask for ${modelList(config)}.`)
  return [
    ...(pack.enabled ? [] : [about(subject, 'pack', off)]),
    about(subject, 'models', targets.length === 0 ? none : listed),
  ]
}

/** The names that pick targets (decision W2); of a model that several serve, who is asked in which order. */
function modelList({ targets, strategy }: Config): string {
  const models = [...new Set(targets.map(({ model }) => model))]
  const names = models.map((model) => {
    const ids = targets.filter((target) => target.model === model).map(({ id }) => id)
    if (ids.length === 1) return ids[0] === model ? model : `${model} or ${ids[0]}`
    const turns = strategy === 'single' ? `only ${ids[0]}` : ids.join(', then ')
    return `${model} (${turns}), ${ids.filter((id) => id !== model).join(' or ')}`
  })
  return names.join(', ')
}
