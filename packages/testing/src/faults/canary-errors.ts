/** One way in which a model server says that something went wrong. */
export interface CanaryError {
  /** A sentence for a test's name. */
  readonly name: string
  readonly status: number
  readonly type: string | null
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Every error shape that model servers are known to use, with the canary in each string: nothing of it may reach a
 * client, an event or a log line. Send one with `answerWith`.
 */
export function canaryErrors(canary: string): readonly CanaryError[] {
  return [...jsonErrors(canary), ...textErrors(canary)]
}

function jsonErrors(canary: string): CanaryError[] {
  const openai = { message: canary, type: canary, param: canary, code: canary }
  const mlflow = { error_code: canary, message: canary, stack_trace: `Traceback: ${canary}` }
  const shapes: [name: string, status: number, body: unknown][] = [
    ['an OpenAI error object with 400', 400, { error: openai }],
    ['an OpenAI error object with 403', 403, { error: openai }],
    ['an OpenAI error object with 404', 404, { error: openai }],
    ['an OpenAI error object with 409', 409, { error: openai }],
    ['an OpenAI error object with 429', 429, { error: openai }],
    ['an OpenAI error object with 500', 500, { error: openai }],
    ['an OpenAI error object inside 200', 200, { error: openai }],
    ['an error that is a string', 429, { error: canary }],
    ['an MLflow error with a stack trace', 400, mlflow],
    [
      'an MLflow error with a known code',
      400,
      { ...mlflow, error_code: 'INVALID_PARAMETER_VALUE' },
    ],
    ['an MLflow schema refusal that echoes the input', 400, schemaRefusal(canary)],
    ['a Databricks permission error', 403, { error_code: 'PERMISSION_DENIED', message: canary }],
    ['a Databricks rate limit', 429, { error_code: 'REQUEST_LIMIT_EXCEEDED', message: canary }],
    ['a Databricks guardrail', 400, guardrail(canary)],
    ['a detail that is a string', 400, { detail: canary }],
    [
      'a route that an older MLflow gateway does not know',
      400,
      { detail: `Route ${canary} not found in the configuration.` },
    ],
    [
      'an endpoint of the wrong type',
      400,
      { detail: `Endpoint '${canary}' is not a chat endpoint.` },
    ],
    [
      'a detail that is an object',
      404,
      { detail: { error_code: 'RESOURCE_DOES_NOT_EXIST', message: canary } },
    ],
    [
      'a list of FastAPI complaints',
      422,
      { detail: [{ loc: ['body', canary], msg: canary, type: canary, input: canary }] },
    ],
    ['an expired token', 401, { error: openai }],
    ['an array', 500, [canary]],
    ['a JSON string', 500, canary],
  ]
  return shapes.map(([name, status, body]) => ({
    name,
    status,
    type: 'application/json',
    headers: { 'x-request-id': canary, 'www-authenticate': `Bearer realm="${canary}"` },
    body: JSON.stringify(body),
  }))
}

function textErrors(canary: string): CanaryError[] {
  return [
    { name: 'text inside 200', status: 200, type: 'application/json', body: canary },
    { name: 'plain text with 500', status: 500, type: 'text/plain', body: canary },
    {
      name: 'an HTML page with 502',
      status: 502,
      type: 'text/html',
      body: `<html><title>${canary}</title>${canary}</html>`,
    },
    {
      name: 'a timeout that is not JSON though it says so',
      status: 504,
      type: 'application/json',
      body: canary,
    },
    {
      name: 'a refused host name',
      status: 403,
      type: 'text/plain',
      body: `Invalid Host header - possible DNS rebinding attack detected ${canary}`,
    },
    {
      name: 'a redirect',
      status: 307,
      type: 'text/plain',
      headers: { location: `http://127.0.0.1:9/${canary}` },
      body: canary,
    },
    {
      name: 'an unfinished JSON text',
      status: 500,
      type: 'application/json',
      body: `{"error":{"message":"${canary}`,
    },
    { name: 'an unsupported media type', status: 415, type: 'text/plain', body: canary },
    {
      name: 'an empty body',
      status: 503,
      type: null,
      headers: { 'retry-after': canary },
      body: '',
    },
  ]
}

function schemaRefusal(canary: string): unknown {
  return {
    error_code: 'BAD_REQUEST',
    message: `Failed to predict data '${canary}'. \nError: Failed to enforce schema of data '${canary}' with schema '${canary}'. Error: ${canary}`,
    sqlstate: canary,
    error_class: canary,
    stack_trace: `Traceback (most recent call last):\n  ${canary}`,
  }
}

function guardrail(canary: string): unknown {
  return {
    error_code: 'BAD_REQUEST',
    message: canary,
    input_guardrail: [{ flagged: true, categories: { [canary]: true } }],
    finish_reason: canary,
  }
}
