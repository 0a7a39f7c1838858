import type { Log } from '../log/log.ts'
import type { Reloader } from './reloader.ts'
import type { FileWatch, WatchPace } from './watch-files.ts'
import { watchFiles } from './watch-files.ts'

interface ReloadOnChangeOptions {
  readonly reloader: Reloader
  readonly log: Log
  readonly pace?: WatchPace
}

/**
 * Reloads whenever the content of one of the files changes. A failure has been logged and recorded once per content by then: nothing
 * tries again before the files change again.
 */
export function reloadOnChange(
  files: readonly string[],
  { reloader, log, pace }: ReloadOnChangeOptions,
): FileWatch {
  const reload = (): void => {
    reloader.reload({ trigger: 'file_watch', actor: null }).catch(() => {})
  }
  const watching = watchFiles(files, reload, pace)
  log.info('config.watching', { count: files.length })
  // What changed between the read at the start and now.
  reload()
  return watching
}
