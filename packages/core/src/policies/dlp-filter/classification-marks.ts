import type { Policy } from '../policy.ts'
import { dlpFilter } from './dlp-filter.ts'

/** A policy that finds every classification mark and nothing else; `registry.ts` lends it to policies that act on marks in their own way. */
export function classificationMarks(): Policy {
  const nothing = 'allow'
  return dlpFilter.create({
    detect_patterns: [],
    blocked_terms: [],
    action: 'block',
    fuzzy_matching: false,
    max_distance: 0,
    sensitivity_level: 'restricted',
    credentials: { action: nothing, exclude: [] },
    mlflow: {
      credentials: nothing,
      model_files: nothing,
      tracking_uris: nothing,
      model_references: nothing,
      run_references: nothing,
      artifact_paths: nothing,
    },
  })
}
