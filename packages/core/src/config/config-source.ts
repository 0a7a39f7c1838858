/** One file of a configuration as text. */
export interface ConfigSource {
  readonly text: string
  /** Name in messages; need not exist on disk. */
  readonly file: string
}

/** Largest file that is read, in bytes of UTF-8. */
export const maxConfigBytes = 1024 * 1024
