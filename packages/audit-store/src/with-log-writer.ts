import type { LogWriterOptions } from './log-writer.ts'
import { LogWriter } from './log-writer.ts'
import { toStoreError } from './store-errors.ts'
import { StoreFault } from './store-fault.ts'
import { systemFault } from './system-fault.ts'

/**
 * Opens a log in this process, without a worker, for one short piece of work, and closes it. For commands while no gateway runs.
 * Throws `StoreInUseError` when one does, `StoreRefusedError` when the log must not be used as it is, and what the work throws.
 */
export function withLogWriter<Result>(
  options: Omit<LogWriterOptions, 'openDatabase'>,
  work: (writer: LogWriter) => Result,
): Result {
  const writer = refusing(() => LogWriter.open(options))
  try {
    return work(writer)
  } catch (error) {
    throw error instanceof StoreFault ? toStoreError(error.details) : error
  } finally {
    writer.close()
  }
}

function refusing<Result>(open: () => Result): Result {
  try {
    return open()
  } catch (error) {
    throw toStoreError(systemFault(error))
  }
}
