/** What to start as the writer's thread. */
export interface WorkerEntry {
  readonly worker: URL
  readonly execArgv?: readonly string[]
}

/**
 * The worker beside the module with this URL. Run from TypeScript source, as our tests do, the thread is the built one where
 * `npm test` says that everything is built, which starts in a fraction of the time; otherwise the source.
 */
export function workerEntry(moduleUrl: string): WorkerEntry {
  if (!moduleUrl.endsWith('.ts')) return { worker: new URL('./worker.js', moduleUrl) }
  if (process.env['KEEPTRUSTS_SKIP_BUILD'] === '1')
    return { worker: new URL('../dist/worker.js', moduleUrl) }
  return sourceEntry(new URL('./worker.ts', moduleUrl))
}

/**
 * A worker in TypeScript with a loader that can read it: Node 20 has none, and a thread does not inherit the one of the test
 * runner.
 */
export function sourceEntry(worker: URL): WorkerEntry {
  const loader = new URL('../dev/register-typescript.mjs', import.meta.url)
  return { worker, execArgv: ['--import', loader.href] }
}
