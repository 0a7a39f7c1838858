import { onPosts } from '@keeptrusts/testing'
import { afterEach, expect, it } from 'vitest'
import { failureOf } from '../../../fixtures/failure-of.ts'
import { chatBody, endAll, post, startPair } from '../../../fixtures/test-gateway.ts'

afterEach(endAll)

it.each([
  ['lists in lists', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
  ['predictions in predictions', `${'{"predictions":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
  [
    'a deep content',
    `{"choices":[{"message":{"content":${'['.repeat(20_000)}${']'.repeat(20_000)}}}]}`,
  ],
])('takes %s for an unreadable answer, not for a fault of the gateway', async (_name, text) => {
  const script = onPosts((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(text)
  })
  const { gateway } = await startPair({ kind: 'mlflow-scoring', script })
  await gateway.gateway.probe()
  const { status, error } = await failureOf(await post(gateway.base, chatBody('Hello')))
  expect([status, error.code]).toEqual([502, 'upstream_invalid_response'])
})
