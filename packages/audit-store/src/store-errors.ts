import { KeeptrustsError } from '@keeptrusts/core'
import type { StoreFaultCode, StoreFaultDetails } from './store-fault.ts'

/** An event could not be made durable, or is not known to be: the call it belongs to must not go on. */
export class AuditUnavailableError extends KeeptrustsError {
  constructor(reason: string) {
    super({
      code: 'audit_unavailable',
      message: `The audit log is unavailable: ${reason}.`,
      suggestion:
        'Check the disk that holds the audit log; calls are accepted again as soon as it takes records.',
    })
  }
}

/** An event holds something the log cannot keep; `path` says where, never what. */
export class InvalidEventError extends KeeptrustsError {
  readonly path: string

  constructor(path: string, problem: string) {
    super({
      code: 'event-invalid',
      message: `The audit event was refused: ${path === '' ? 'it' : `"${path}"`} ${problem}.`,
      suggestion:
        'Events hold strings, booleans, null, integers, arrays and objects with ASCII keys: scores in thousandths, durations in microseconds.',
    })
    this.path = path
  }
}

/** There is no audit log at the place that was looked at. */
export class StoreMissingError extends KeeptrustsError {
  /** The file that was looked for. */
  readonly path: string

  constructor(path: string) {
    super({
      code: 'store-missing',
      message: `No audit log at ${path}.`,
      suggestion:
        'Start the gateway once, or set KEEPTRUSTS_DATA_DIR to the data folder of the gateway.',
    })
    this.path = path
  }
}

/** A log that must not, or cannot, be opened as it is; the message says why, the suggestion how to fix it. */
export class StoreRefusedError extends KeeptrustsError {
  declare readonly code: StoreFaultCode
}

/** Another process writes this log. */
export class StoreInUseError extends StoreRefusedError {}

/** The public error for a fault of the writer. */
export function toStoreError(details: StoreFaultDetails): StoreRefusedError {
  return details.code === 'data-dir-in-use'
    ? new StoreInUseError(details)
    : new StoreRefusedError(details)
}
