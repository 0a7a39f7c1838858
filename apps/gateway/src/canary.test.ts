import { answerWith, canaryErrors } from '@keeptrusts/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SharedPair } from './fixtures/shared-pair.ts'
import { startSharedPair } from './fixtures/shared-pair.ts'
import { endAll, noPolicies, onlyAudit } from './fixtures/test-gateway.ts'

afterAll(endAll)

const canary = 'CANARY-7f3a'

describe('what an upstream says when it fails', () => {
  const pairs: SharedPair[] = []
  beforeAll(async () => {
    pairs.push(await startSharedPair('openai'), await startSharedPair('mlflow-scoring'))
    pairs.push(await startSharedPair('mlflow-agent'), await startSharedPair('mlflow-tracking'))
    pairs.push(
      await startSharedPair('openai', onlyAudit),
      await startSharedPair('openai', noPolicies),
    )
  })

  const seenBy = async (response: Response): Promise<string> =>
    JSON.stringify([...response.headers]) + (await response.text().catch(() => ''))

  it.each(canaryErrors(canary).map((error) => [error.name, error] as const))(
    'does not reach the client: %s',
    async (_name, error) => {
      for (const { ask } of pairs) {
        for (const stream of [false, true]) {
          const response = await ask(answerWith(error), { stream })
          expect(response.status).toBeGreaterThanOrEqual(400)
          expect(await seenBy(response)).not.toContain(canary)
        }
      }
    },
  )

  it.each([`{"error":{"message":"${canary}"}}`, canary, `["${canary}"]`, `{"error":"${canary}"}`])(
    'does not reach the client inside a stream: %s',
    async (data) => {
      const script = answerWith({ type: 'text/event-stream', body: `data: ${data}\n\n` })
      for (const { ask } of pairs)
        expect(await seenBy(await ask(script, { stream: true }))).not.toContain(canary)
    },
  )

  it('reached neither the log of records nor the log of the gateway', () => {
    for (const { gateway } of pairs) {
      expect(gateway.lines.length).toBeGreaterThan(10)
      expect(gateway.lines.join('')).not.toContain(canary)
      expect(gateway.records().length).toBeGreaterThan(10)
      expect(JSON.stringify(gateway.records())).not.toContain(canary)
    }
  })
})
