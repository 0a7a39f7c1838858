export type { StatusReport } from './control/status-report.ts'
export { createGateway, type Gateway, type GatewayOptions } from './create-gateway.ts'
export type { ListenAddress } from './listen.ts'
export { createLog, type Log, type LogFields } from './log/log.ts'
export {
  type ReadyGateway,
  type RunningGateway,
  type ServeOptions,
  serveGateway,
} from './serve-gateway.ts'
