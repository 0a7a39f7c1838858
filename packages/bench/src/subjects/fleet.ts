import { stopAll } from '../processes.ts'
import { startBareGateway, startFullGateway, startUnrecordedGateway } from './gateways.ts'
import { startUpstream } from './model-servers.ts'
import { startNginx } from './nginx.ts'
import { startPortkey } from './portkey.ts'
import type { Subject } from './subject.ts'

/** Everything that is compared, in front of one model server. */
export interface Fleet {
  /** The model server itself. */
  readonly direct: Subject
  readonly nginx: Subject | null
  readonly portkey: Subject | null
  /** The gateway without policies and without a log. */
  readonly bare: Subject
  /** With the documented chain, without a log. */
  readonly unrecorded: Subject
  /** With the documented chain and a durable log. */
  readonly full: Subject
}

/** Peers that are not to be measured. */
export type Without = ReadonlySet<'nginx' | 'portkey'>

/** Starts a fleet for one scenario, so that none inherits the memory of another, and ends it when `measure` is through. */
export async function withFleet<Result>(
  without: Without,
  measure: (fleet: Fleet) => Promise<Result>,
): Promise<Result> {
  try {
    const direct = await startUpstream()
    const [nginx, portkey, bare, unrecorded, full] = await Promise.all([
      without.has('nginx') ? null : startNginx(direct),
      without.has('portkey') ? null : startPortkey(direct),
      startBareGateway(direct),
      startUnrecordedGateway(direct),
      startFullGateway(direct),
    ])
    return await measure({ direct, nginx, portkey, bare, unrecorded, full })
  } finally {
    await stopAll()
  }
}

/** All that were started, the model server first. */
export function membersOf({ direct, nginx, portkey, bare, unrecorded, full }: Fleet): Subject[] {
  return [direct, nginx, portkey, bare, unrecorded, full].filter((subject) => subject !== null)
}
