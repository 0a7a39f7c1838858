import type { AuditStore } from '@keeptrusts/audit-store'
import { controlPath } from '@keeptrusts/core/node'
import { adminApp } from './admin-app.ts'
import { controlApp } from './control/control-app.ts'
import type { ControlServer } from './control/control-server.ts'
import { listenForControl } from './control/control-server.ts'
import type { Gateway } from './create-gateway.ts'
import type { ListenAddress, Listening } from './listen.ts'
import { listen } from './listen.ts'
import type { Log } from './log/log.ts'
import type { OperatorDoors } from './operators/open-operators.ts'
import { openOperators } from './operators/open-operators.ts'

interface ListenersOptions {
  readonly gateway: Gateway
  readonly store: AuditStore | null
  readonly listen: ListenAddress
  readonly adminListen: ListenAddress | undefined
  /** The folder that holds the control socket. */
  readonly controlDir: string
  readonly log: Log
}

/** Everything a gateway listens on. */
export interface Listeners {
  /** Where calls are taken. */
  readonly calls: Listening
  /** Where monitoring asks; `null` without an address for it. */
  readonly admin: Listening | null
  /** `null` when another gateway has the place. */
  readonly control: ControlServer | null
  /** Drops what is still connected. */
  close(): Promise<void>
}

/** Listens for calls, for monitoring and for `kt`; on all of them or, when one throws, on none. Throws what `listen` and `listenForControl` throw. */
export async function openListeners(options: ListenersOptions): Promise<Listeners> {
  const { gateway, adminListen, log } = options
  const opened: { close(): Promise<void> }[] = []
  const keep = <Opened extends { close(): Promise<void> }>(listener: Opened): Opened => {
    opened.push(listener)
    return listener
  }
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((listener) => listener.close()))
  }
  const onRejected = (): void => gateway.deps.status.reject()
  const operators = keep(openOperators(gateway, () => url))
  let url = ''
  try {
    gateway.app.route('/', operators.appFor(options.listen.host))
    const calls = keep(await listen(gateway.app, options.listen, { onRejected }))
    url = calls.url
    const flag = '--admin-listen'
    const admin = adminListen && keep(await openAdmin(options, { operators, adminListen, flag }))
    const control = await openControl(options, operators)
    if (control !== null) keep(control)
    else log.warn('gateway.warning', { message: taken(options.controlDir) })
    return { calls, admin: admin ?? null, control, close }
  } catch (error) {
    await close()
    throw error
  }
}

interface AdminAddress {
  readonly operators: OperatorDoors
  readonly adminListen: ListenAddress
  readonly flag: string
}

function openAdmin(
  { gateway }: ListenersOptions,
  { operators, adminListen, flag }: AdminAddress,
): Promise<Listening> {
  return listen(adminApp(gateway, operators.appFor(adminListen.host)), adminListen, { flag })
}

function openControl(
  { gateway, store, controlDir }: ListenersOptions,
  { doorkeeper, routes }: OperatorDoors,
): Promise<ControlServer | null> {
  const app = controlApp({ live: gateway.live, store, doorkeeper, routes })
  return listenForControl(app, controlPath(controlDir), { holdsLease: store !== null })
}

function taken(folder: string): string {
  return `Another gateway has the control socket of ${folder}: kt gateway status asks that one. Give each its own data folder.`
}
