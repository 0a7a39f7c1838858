import { Buffer } from 'node:buffer'
import { describe, expect, it } from 'vitest'
import { readUpstreamError } from './upstream-error.ts'

const read = (body: unknown) =>
  readUpstreamError(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)))

describe('readUpstreamError', () => {
  it('keeps codes that MLflow defines and no others', () => {
    expect(read({ error_code: 'BAD_REQUEST', message: 'x' }).code).toBe('BAD_REQUEST')
    expect(read({ detail: { error_code: 'INTERNAL_ERROR' } }).code).toBe('INTERNAL_ERROR')
    expect(read({ error_code: 'MY_SECRET' }).code).toBeNull()
  })

  it('knows an unknown model in every shape', () => {
    expect(read({ detail: 'Route gpt-9 not found in the configuration.' }).unknownModel).toBe(true)
    expect(read({ error: { code: 'model_not_found' } }).unknownModel).toBe(true)
    expect(read({ detail: { error_code: 'RESOURCE_DOES_NOT_EXIST' } }).unknownModel).toBe(true)
    expect(read({ detail: 'Not Found' })).toMatchObject({
      unknownModel: false,
      routerNotFound: true,
    })
  })

  it('knows a refused schema, and is not led astray by a prompt that speaks of schemas', () => {
    const refused = (message: string) => read({ error_code: 'BAD_REQUEST', message }).schemaRefused
    expect(
      refused("Failed to predict data 'x'. \nError: Failed to enforce schema. Error: Extra inputs"),
    ).toBe(true)
    expect(refused("Failed to predict data 'which schema?'. \nError: out of memory")).toBe(false)
    expect(refused('Encountered an unexpected error while evaluating the model.')).toBe(false)
    expect(read({ error_code: 'INTERNAL_ERROR', message: 'schema' }).schemaRefused).toBe(false)
  })

  it.each(['', '<html></html>', 'null', '[]', '"text"', '{"detail":[1]}', '{"error":"text"}'])(
    'reads nothing from %j and does not throw',
    (body) => {
      expect(read(body)).toEqual({
        code: null,
        unknownModel: false,
        routerNotFound: false,
        hostRefused: false,
        noAgentFunction: false,
        guardrail: null,
        schemaRefused: false,
      })
    },
  )
})
