import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DetectionResult } from './detection-result.ts'
import { renderDetection } from './render-detection.ts'

/**
 * Keeps a result as `<name>.json` and `<name>.md` in `folder`. What the run did not measure is kept from a file of that name, so
 * that one policy can be measured again. Returns the paths.
 */
export function saveDetection(folder: string, name: string, result: DetectionResult): string[] {
  mkdirSync(folder, { recursive: true })
  const [data, page] = [join(folder, `${name}.json`), join(folder, `${name}.md`)]
  const before = existsSync(data)
    ? (JSON.parse(readFileSync(data, 'utf8')) as DetectionResult)
    : null
  const merged = before === null ? result : merge(before, result)
  writeFileSync(data, `${compact(merged)}\n`)
  writeFileSync(page, renderDetection(merged))
  return [data, page]
}

function merge(before: DetectionResult, now: DetectionResult): DetectionResult {
  const measured = new Set(now.cost.map(({ kind }) => kind))
  const kept = before.cost.filter(({ kind }) => !measured.has(kind))
  return { ...before, ...now, cost: [...kept, ...now.cost] }
}

/** Four digits are enough, and a line per row keeps changes readable. `NaN` becomes `null`. */
function compact(result: DetectionResult): string {
  const rounded = JSON.parse(JSON.stringify(result), (_, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value,
  ) as unknown
  return lines(rounded, '')
}

function lines(value: unknown, indent: string): string {
  const inside = `${indent}  `
  if (Array.isArray(value) && value.some((one) => typeof one === 'object')) {
    return `[\n${value.map((one) => inside + JSON.stringify(one)).join(',\n')}\n${indent}]`
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return JSON.stringify(value)
  }
  const entries = Object.entries(value).map(
    ([key, one]) => `${inside}${JSON.stringify(key)}: ${lines(one, inside)}`,
  )
  return `{\n${entries.join(',\n')}\n${indent}}`
}
