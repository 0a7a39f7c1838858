export { createGateway, type Gateway, type GatewayOptions } from './create-gateway.ts'
export type { ExaminedTarget } from './doctor/examine-target.ts'
export type { Finding, FindingStatus } from './doctor/finding.ts'
export { type Diagnosis, type DoctorOptions, runDoctor } from './doctor/run-doctor.ts'
export type { ListenAddress } from './listen.ts'
export { createLog, type Log, type LogFields } from './log/log.ts'
export {
  type ReadyGateway,
  type RunningGateway,
  type ServeOptions,
  serveGateway,
} from './serve-gateway.ts'
