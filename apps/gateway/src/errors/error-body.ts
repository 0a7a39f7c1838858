/** What a client gets instead of an answer, in OpenAI's shape (design §6). */
export interface ErrorBody {
  readonly error: {
    readonly message: string
    readonly type: string
    readonly code: string
    readonly param: string | null
    /** Only for a policy violation. */
    readonly policy?: string
  }
}
