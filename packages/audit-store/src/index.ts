export { type AnchorOptions, usualAnchorFile } from './anchors/anchor-places.ts'
export type { AnchorStatus } from './anchors/anchor-status.ts'
export type {
  AuditReader,
  AuditRecord,
  AuditStore,
  CallFilter,
  CallRow,
  LogExtent,
  Receipt,
  SeqRange,
  StoredBody,
  StoreState,
  StoreStatus,
  TimeSpan,
} from './audit-store.ts'
export { backUpLog } from './backup/back-up-log.ts'
export { copyLogAside } from './backup/copy-aside.ts'
export type { CopiedLog } from './backup/copy-log.ts'
export { backUpKeys } from './backup/key-bundle.ts'
export { type Restored, restoreLog } from './backup/restore-log.ts'
export { canonicalEvent } from './canonical-event.ts'
export type { LogActor } from './log-events.ts'
export { logEvent } from './log-events.ts'
export {
  keyFilesFromEnvironment,
  type LogKeyFiles,
  type LogKeyName,
  logKeyFiles,
} from './log-keys.ts'
export type { LogWriter, LogWriterOptions } from './log-writer.ts'
export { openAuditReader } from './open-audit-reader.ts'
export {
  type AuditStoreOptions,
  type OpenedAuditStore,
  openAuditStore,
} from './open-audit-store.ts'
export type { PayloadSelector } from './payloads/payload-page.ts'
export type { ProvenEvent } from './proofs/prove-event.ts'
export { proveEvent } from './proofs/prove-event.ts'
export type { ProofFailure, ProofReport } from './proofs/verify-proof.ts'
export { verifyProof } from './proofs/verify-proof.ts'
export { type KeyReport, readKeyReport } from './read-key-report.ts'
export { type LogAnswer, type LogQuery, LogReadings } from './reading/log-readings.ts'
export { type Examination, examineLog, type LogPlace } from './recover/examine-log.ts'
export { type Salvage, salvageLog } from './recover/salvage-log.ts'
export { type NewLog, startNewLog } from './recover/start-new-log.ts'
export { suspectJumpMs } from './retention/clock-state.ts'
export { type RetentionStatus, retentionStatus } from './retention/retention-status.ts'
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
export type { CountPayloadsResult, ErasePayloadsResult } from './tasks/erase-payloads.ts'
export type { LogTask, LogTaskResult } from './tasks/log-task.ts'
export { runTask } from './tasks/log-task.ts'
export { isVerifierKey } from './verify/pinned-key.ts'
export type { Finding, VerifyReport } from './verify/report.ts'
export { verifyLog } from './verify/verify-log.ts'
export { isNetworkFileSystem } from './volume.ts'
export { withLogWriter } from './with-log-writer.ts'
