import { join } from 'node:path'

/** The files of a log. */
export interface StorePaths {
  readonly dir: string
  readonly database: string
  /** A new database until it is complete. */
  readonly draft: string
  readonly lease: string
  /** Holds the process id of whoever has the lease. */
  readonly pid: string
}

/** The files of the log in a folder. */
export function storePaths(dir: string): StorePaths {
  return {
    dir,
    database: join(dir, 'audit.db'),
    draft: join(dir, 'audit.db.new'),
    lease: join(dir, 'audit.lock'),
    pid: join(dir, 'audit.pid'),
  }
}
