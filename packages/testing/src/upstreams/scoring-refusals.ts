/** The error body of `mlflow models serve`; its message echoes the input. */
export interface ScoringError {
  readonly error_code: string
  readonly message: string
  readonly sqlstate: string
  readonly error_class: string
  readonly stack_trace?: string
}

/** A body that is not one of the accepted forms. */
export function invalidInput(problem: string): ScoringError {
  return {
    error_code: 'BAD_REQUEST',
    message: `Invalid input. ${problem}`,
    sqlstate: 'KAM00',
    error_class: 'INVALID_PARAMETER_VALUE',
  }
}

/** A model whose signature does not know some keys. The trace is what some releases add; it echoes the input again. */
export function refuseKeys(body: unknown, extra: readonly string[]): ScoringError {
  const data = JSON.stringify(body)
  const names = extra.map((key) => `'${key}'`).join(', ')
  return {
    error_code: 'INVALID_PARAMETER_VALUE',
    message: `Failed to predict data '${data}'. \nError: Failed to enforce schema of data '${data}' with schema '…'. Error: Note that there were extra inputs: [${names}].`,
    sqlstate: 'KAM01',
    error_class: 'SCHEMA_ENFORCEMENT_FAILED',
    stack_trace: `Traceback (most recent call last):\n  data = ${data}\nmlflow.exceptions.MlflowException`,
  }
}

/** A pyfunc model with `model_input: list[str]`: the text is that of MLflow 3.17, which names no schema. */
export function refuseByTypeHint(body: unknown): ScoringError {
  return {
    error_code: 'INVALID_PARAMETER_VALUE',
    message: `Failed to predict data '${JSON.stringify(body)}'. \nError: Expected list, but got dict`,
    sqlstate: 'KAM00',
    error_class: 'INVALID_PARAMETER_VALUE',
  }
}
