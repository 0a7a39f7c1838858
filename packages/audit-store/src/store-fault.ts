/** Every reason for which a log is refused or given up: its error code. */
export type StoreFaultCode =
  | 'better-sqlite3-missing'
  | 'data-dir-in-use'
  | 'disk-full'
  | 'key-missing'
  | 'key-not-lost'
  | 'key-wrong'
  | 'loose-permissions'
  | 'permission-denied'
  | 'store-damaged'
  | 'store-moved'
  | 'store-not-durable'
  | 'store-too-new'
  | 'store-unavailable'
  | 'store-unsigned'

/** A `StoreFault` as it travels from the worker thread. */
export interface StoreFaultDetails {
  readonly code: StoreFaultCode
  readonly message: string
  readonly suggestion: string
}

/** What the writer throws. It stays inside this package: the worker thread must not load the whole of core for an error class. */
export class StoreFault extends Error {
  readonly details: StoreFaultDetails

  constructor(details: StoreFaultDetails, cause?: unknown) {
    super(details.message, { cause })
    this.name = 'StoreFault'
    this.details = details
  }
}
