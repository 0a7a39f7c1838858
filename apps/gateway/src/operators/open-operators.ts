import type { Hono } from 'hono'
import type { Gateway } from '../create-gateway.ts'
import { Doorkeeper } from './doorkeeper.ts'
import { LogReader } from './log-reader.ts'
import type { Called } from './operator-app.ts'
import { operatorApp } from './operator-app.ts'
import type { OperatorParts } from './operator-parts.ts'
import { permissionTable } from './permission-table.ts'
import type { OperatorRoute } from './route.ts'

/** The routes of operators, for every address of a gateway. */
export interface OperatorDoors {
  readonly doorkeeper: Doorkeeper
  readonly routes: readonly OperatorRoute[]
  /** The routes for an address; `host` as given to listen on. */
  appFor(host: string): Hono<{ Variables: Called }>
  /** Ends the reading of the log. */
  close(): Promise<void>
}

export function openOperators(
  { live, metrics }: Pick<Gateway, 'live' | 'metrics'>,
  facts: Pick<OperatorParts, 'reloader' | 'url' | 'tls'>,
): OperatorDoors {
  const doorkeeper = new Doorkeeper(live)
  const parts = { live, metrics, doorkeeper, ...facts }
  const reader = new LogReader(parts)
  const routes = permissionTable(parts, reader)
  return {
    doorkeeper,
    routes,
    appFor: (host) => operatorApp({ routes, doorkeeper, live, host, door: 'network' }),
    close: () => reader.close(),
  }
}
