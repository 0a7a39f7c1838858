/** One complaint of FastAPI in a 422; `input` echoes what was sent. */
export interface ValidationProblem {
  readonly type: string
  readonly loc: readonly (string | number)[]
  readonly msg: string
  readonly input: unknown
}

/** What `mlflow gateway start` finds wrong with a chat body, or `null`. */
export function bodyProblem(body: Record<string, unknown> | null): ValidationProblem | null {
  if (body === null)
    return { type: 'json_invalid', loc: ['body', 1], msg: 'JSON decode error', input: {} }
  for (const key of ['messages', 'stop']) {
    const value = body[key]
    if (Array.isArray(value) || (key === 'stop' && (value === undefined || value === null)))
      continue
    return value === undefined
      ? { type: 'missing', loc: ['body', key], msg: 'Field required', input: body }
      : { type: 'list_type', loc: ['body', key], msg: 'Input should be a valid list', input: value }
  }
  return null
}
