import type { StoreFaultDetails } from './store-fault.ts'
import { StoreFault } from './store-fault.ts'

/** What an error of the file system or of SQLite means to an operator; a `StoreFault` already says it. */
export function systemFault(error: unknown): StoreFaultDetails {
  if (error instanceof StoreFault) return error.details
  const message = `The audit log cannot be opened: ${error instanceof Error ? error.message : String(error)}`
  const code = errorCode(error) ?? ''
  if (/^(?:EACCES|EPERM|EROFS|SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM)/.test(code)) {
    return {
      code: 'permission-denied',
      message,
      suggestion:
        'Run as the owner of the data folder, or choose another one with KEEPTRUSTS_DATA_DIR.',
    }
  }
  if (/^(?:ENOSPC|EDQUOT|SQLITE_FULL)/.test(code)) {
    return { code: 'disk-full', message, suggestion: 'Free space on the disk of the data folder.' }
  }
  if (/^(?:ERR_DLOPEN_FAILED|MODULE_NOT_FOUND)/.test(code) || /bindings file/.test(message)) {
    return {
      code: 'better-sqlite3-missing',
      message,
      suggestion:
        'Run "npm rebuild better-sqlite3"; it needs python3, make and a C++ compiler when no prebuilt file fits.',
    }
  }
  return {
    code: 'store-unavailable',
    message,
    suggestion: 'Check that the data folder is on a local disk that works.',
  }
}

/** The code of a system or SQLite error, such as `ENOSPC` or `SQLITE_FULL`. */
export function errorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}
