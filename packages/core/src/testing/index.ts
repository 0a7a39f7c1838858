export { parsePolicyCases } from './parse-policy-cases.ts'
export type { PolicyCase, PolicyExpectation } from './policy-case.ts'
export type { CaseResult } from './run-policy-cases.ts'
export { engineOf, messagesOf, runPolicyCases } from './run-policy-cases.ts'
