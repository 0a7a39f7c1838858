/** Everything that a log line may hold. Closed on purpose: there is no field for text of a call. */
export interface LogFields {
  readonly request_id?: string
  readonly event_id?: string
  readonly target?: string
  readonly code?: string
  readonly system_code?: string
  readonly error_name?: string
  /** Frames of our own code: `at name (file:line:column)`, without the error's message. */
  readonly stack?: string
  readonly status?: number
  readonly upstream_status?: number
  readonly kind?: string
  readonly count?: number
  readonly url?: string
  readonly path?: string
  readonly variable?: string
  readonly version?: string
  readonly config_hash?: string
  readonly run_id?: string
  readonly message?: string
}

/** Writes JSON lines for machines and people. */
export interface Log {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

const allowed = new Set<string>([
  'request_id',
  'event_id',
  'target',
  'code',
  'system_code',
  'error_name',
  'stack',
  'status',
  'upstream_status',
  'kind',
  'count',
  'url',
  'path',
  'variable',
  'version',
  'config_hash',
  'run_id',
  'message',
] satisfies (keyof LogFields)[])

/** A log that hands each line, with its line feed, to `write`. Fields outside the allow-list are dropped, also at run time. */
export function createLog(write: (line: string) => void, now: () => number = Date.now): Log {
  const line = (level: string, event: string, fields: LogFields = {}): void => {
    const kept = Object.entries(fields).filter(([name]) => allowed.has(name))
    const time = new Date(now()).toISOString()
    write(`${JSON.stringify({ time, level, event, ...Object.fromEntries(kept) })}\n`)
  }
  return {
    info: (event, fields) => line('info', event, fields),
    warn: (event, fields) => line('warn', event, fields),
    error: (event, fields) => line('error', event, fields),
  }
}

/** What may be said about an unexpected error: its class and where it was thrown, never its message. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error_name: typeof error }
  const frames = error.stack?.split('\n').filter((part) => /^\s+at /.test(part)) ?? []
  return { error_name: error.name, stack: frames.slice(0, 6).join('\n') }
}
