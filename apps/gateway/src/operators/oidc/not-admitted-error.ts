/** Why somebody who did sign in at the provider is not let in here. */
export type AdmissionProblem = 'no_role' | 'no_email' | 'email_not_verified'

/** The provider says who somebody is, and that is not enough. */
export class NotAdmittedError extends Error {
  readonly problem: AdmissionProblem

  constructor(problem: AdmissionProblem) {
    super(problem)
    this.name = 'NotAdmittedError'
    this.problem = problem
  }
}
