import { ConfigError, KeeptrustsError } from '@keeptrusts/core'

/** Why the last reload changed nothing, without any value of the configuration. */
export interface ReloadFailure {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Of the problems, in the order of the files; each once. */
  readonly codes: readonly string[]
  /** Where they are, as `policy.pii-detector.action`. */
  readonly paths: readonly string[]
  /** The first place, as `policy-config.yaml:3:5`; `null` when the files as a whole are meant. */
  readonly where: string | null
}

const maximalPaths = 100

/** What a failed reload is remembered and recorded as. */
export function reloadFailure(error: unknown, at: number): ReloadFailure {
  if (!(error instanceof ConfigError)) {
    const code = KeeptrustsError.isInstance(error) ? error.code : 'internal-error'
    return { at, codes: [code], paths: [], where: null }
  }
  const issues = error.issues.filter(({ severity }) => severity === 'error')
  const place = issues[0]?.position
  return {
    at,
    codes: [...new Set(issues.map(({ code }) => code))],
    paths: [...new Set(issues.map(({ path }) => path))].slice(0, maximalPaths),
    where: place ? `${place.file}:${place.line}:${place.column}` : null,
  }
}
