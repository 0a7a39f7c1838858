/** An error answer of a model server in one of the shapes in use, each of its strings holding a canary. */
export interface ErrorBody {
  readonly name: string
  readonly status: number
  readonly type: string
  readonly body: string
}

/**
 * Every error shape that a gateway in front of MLflow, Databricks or an OpenAI-compatible server meets. Model servers put prompts
 * and stack traces into them, so no `canary` may ever reach a client, an event or a log line.
 */
export function errorBodies(canary: string): ErrorBody[] {
  const json = (name: string, status: number, value: unknown): ErrorBody => ({
    name,
    status,
    type: 'application/json',
    body: JSON.stringify(value),
  })
  const text = (name: string, status: number, body: string, type = 'text/plain'): ErrorBody => ({
    name,
    status,
    type,
    body,
  })
  const openAi = { message: canary, type: canary, param: canary, code: canary }
  const mlflow = { error_code: canary, message: canary, stack_trace: canary }
  return [
    json('OpenAI object, 400', 400, { error: openAi }),
    json('OpenAI object, 401', 401, { error: openAi }),
    json('OpenAI object, 403', 403, { error: openAi }),
    json('OpenAI object, 404', 404, { error: openAi }),
    json('OpenAI object, 409', 409, { error: openAi }),
    json('OpenAI object, 429', 429, { error: openAi }),
    json('OpenAI object, 500', 500, { error: openAi }),
    json('OpenAI object inside 200', 200, { error: openAi }),
    json('error as a string', 429, { error: canary }),
    json('MLflow exception, 400', 400, mlflow),
    json('MLflow exception, 500', 500, mlflow),
    json('FastAPI detail text', 400, { detail: canary }),
    json('FastAPI detail object', 404, { detail: mlflow }),
    json('FastAPI detail list', 422, { detail: [{ loc: [canary], msg: canary, type: canary }] }),
    text('plain text', 500, canary),
    text('plain text, 415', 415, canary),
    text('HTML', 502, `<html><body>${canary}</body></html>`, 'text/html'),
    text('JSON type, not JSON', 504, canary, 'application/json'),
    text('not JSON inside 200', 200, canary, 'application/json'),
    text('empty', 503, ''),
  ]
}
