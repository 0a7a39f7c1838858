export type {
  AuditReader,
  AuditRecord,
  AuditStore,
  CallFilter,
  CallRow,
  Receipt,
  StoreState,
  StoreStatus,
} from './audit-store.ts'
export { logKeyFiles } from './log-keys.ts'
export { openAuditReader } from './open-audit-reader.ts'
export {
  type AuditStoreOptions,
  type OpenedAuditStore,
  openAuditStore,
} from './open-audit-store.ts'
export type { StateChange } from './state-watch.ts'
export {
  AuditUnavailableError,
  InvalidEventError,
  StoreInUseError,
  StoreMissingError,
  StoreRefusedError,
} from './store-errors.ts'
export type { StoreFaultCode } from './store-fault.ts'
export { type StorePaths, storePaths } from './store-paths.ts'
export { isNetworkFileSystem } from './volume.ts'
