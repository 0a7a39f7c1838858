export type { ExaminedTarget } from './examine-target.ts'
export type { Finding, FindingStatus } from './finding.ts'
export { type Diagnosis, type DoctorOptions, runDoctor } from './run-doctor.ts'
