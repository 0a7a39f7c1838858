/** What to start as the writer's thread. */
export interface WorkerEntry {
  readonly worker: URL
  readonly execArgv?: readonly string[]
}

/**
 * The module of a thread, by its path in this package without an extension. Run from TypeScript source, as our tests do, the thread is
 * the built one where `npm test` says that everything is built, which starts in a fraction of the time; otherwise the source.
 */
export function workerEntry(
  path: 'worker' | 'anchors/anchor-thread' | 'backup/copy-thread' | 'reading/reading-thread',
): WorkerEntry {
  const here = import.meta.url
  if (!here.endsWith('.ts')) return { worker: new URL(`./${path}.js`, here) }
  if (process.env['KEEPTRUSTS_SKIP_BUILD'] === '1')
    return { worker: new URL(`../dist/${path}.js`, here) }
  return sourceEntry(new URL(`./${path}.ts`, here))
}

/**
 * A worker in TypeScript with a loader that can read it: Node 20 has none, and a thread does not inherit the one of the test
 * runner.
 */
export function sourceEntry(worker: URL): WorkerEntry {
  const loader = new URL('../dev/register-typescript.mjs', import.meta.url)
  return { worker, execArgv: ['--import', loader.href] }
}
