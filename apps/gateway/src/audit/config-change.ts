import { openAuditReader, StoreMissingError } from '@keeptrusts/audit-store'
import type { Config } from '@keeptrusts/core'
import { changedPaths } from './changed-paths.ts'

/** How the configuration differs from the one of the start before. */
export interface ConfigChange {
  /** Hash of the earlier configuration. */
  readonly from: string
  /** Where they differ; `null` when the log no longer holds the earlier one. */
  readonly paths: readonly string[] | null
}

/** Compares a configuration with the one that the log of a folder saw last; `null` when it is the same or the first. */
export function configChange(dir: string, config: Config): ConfigChange | null {
  const earlier = lastConfig(dir)
  if (earlier === null || earlier.hash === config.hash) return null
  const { hash, canonical } = earlier
  const paths =
    canonical === null ? null : changedPaths(JSON.parse(canonical), JSON.parse(config.canonical))
  return { from: hash, paths }
}

function lastConfig(
  dir: string,
): { readonly hash: string; readonly canonical: string | null } | null {
  let reader: ReturnType<typeof openAuditReader>
  try {
    reader = openAuditReader({ dir })
  } catch (error) {
    if (error instanceof StoreMissingError) return null
    throw error
  }
  try {
    const hash = reader.lastSettings()?.['config_hash']
    return typeof hash === 'string' ? { hash, canonical: reader.config(hash) } : null
  } finally {
    reader.close()
  }
}
