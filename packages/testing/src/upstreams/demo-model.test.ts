import { expect, test } from 'vitest'
import { startDemoModel } from './demo-model.ts'

test('the demo model says how much it received and repeats the last message', async () => {
  const demo = await startDemoModel({ port: 0, model: 'my-chat-model' })
  const response = await fetch(`${demo.url}/invocations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"messages":[{"role":"user","content":"My name is [PERSON_REDACTED]"}]}',
  })
  const { model, choices, created } = (await response.json()) as {
    model: string
    created: number
    choices: unknown[]
  }
  expect(model).toBe('my-chat-model')
  expect(created).toBeGreaterThan(1_700_000_000)
  expect(choices).toMatchObject([
    {
      message: {
        content: 'I received 1 message. The last one from you reads: My name is [PERSON_REDACTED]',
      },
    },
  ])
  expect(await (await fetch(`${demo.url}/health`)).text()).toBe('\n')
  await demo.close()
})
