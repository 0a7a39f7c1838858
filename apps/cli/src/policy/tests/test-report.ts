import type { TestResult } from '@keeptrusts/core/testing'
import { sanitize } from '../../output/sanitize.ts'
import type { Style } from '../../output/style.ts'
import { titleOf } from './choose-tests.ts'

/** The results for programs, in the form of the product; ours are the fields that it does not have. */
export function toTestJson(results: readonly TestResult[]): Record<string, unknown> {
  return {
    ok: results.every(({ passed }) => passed),
    results: results.map((result) => {
      const { name, suite, position, verdict, reason_code, policy, passed, problems } = result
      return {
        ...{ name, suite, verdict, reason_code, policy, passed, problems },
        ...{ file: position.file, line: position.line },
        details: { policy_results: result.policies.map(policyJson), quality_scores: null },
      }
    }),
  }
}

function policyJson({ findings, ...verdict }: TestResult['policies'][number]) {
  return { ...verdict, findings: findings.map(({ policy: _, ...finding }) => finding) }
}

/** The results for people. Ends with a line break. */
export function formatTests(results: readonly TestResult[], style: Style): string {
  const failed = results.filter(({ passed }) => !passed).length
  const counts = `${results.length - failed} passed${failed === 0 ? '' : `, ${failed} failed`}`
  const paint = failed === 0 ? style.good : style.bad
  return [
    ...results.flatMap((result) => formatTest(result, style)),
    '',
    paint(`${results.length === 1 ? '1 test' : `${results.length} tests`}: ${counts}`),
    ...(failed === 0 ? [] : [help]),
    '',
  ].join('\n')
}

const help =
  'help: change the configuration, or what the test expects when the new result is right; kt policy explain shows what each policy found in a prompt.'

function formatTest(result: TestResult, style: Style): string[] {
  const { passed, problems, position } = result
  const title = sanitize(titleOf(result))
  if (passed) return [`${style.good('✓')} ${title}`]
  return [
    `${style.bad('✗')} ${title}`,
    ...problems.map((problem) => `    ${sanitize(problem)}`),
    `    --> ${sanitize(`${position.file}:${position.line}:${position.column}`)}`,
  ]
}
