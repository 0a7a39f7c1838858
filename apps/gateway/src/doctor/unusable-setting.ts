import { KeeptrustsError } from '@keeptrusts/core'
import type { Verdict } from './finding.ts'
import { failed } from './finding.ts'
import type { FindingCode } from './finding-codes.ts'

const codes: readonly FindingCode[] = ['tls-file-invalid', 'proxy-invalid']

/** A setting that would stop a gateway at its start, as a finding; any other error is thrown again. */
export function unusableSetting(error: unknown): Verdict {
  const code = KeeptrustsError.isInstance(error) && codes.find((one) => one === error.code)
  if (!code || !KeeptrustsError.isInstance(error)) throw error
  return failed(code, error.message, error.suggestion ?? '')
}
