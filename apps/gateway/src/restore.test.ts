import OpenAI from 'openai'
import { afterEach, describe, expect, it } from 'vitest'
import { callsTo, endAll, startPair } from './fixtures/test-gateway.ts'

afterEach(endAll)

const yaml = {
  chain: 'prompt-injection, pii-detector, audit-logger',
  policy: `policy:
  prompt-injection: {threshold: 0.8, action: block}
  pii-detector:
    action: redact
    entities: [PERSON, EMAIL_ADDRESS, PHONE_NUMBER, SSN]
    redaction: {marker_format: numbered, restore: true}
  audit-logger: {immutable: true, retention_days: 365, log_all_access: true}`,
}
const model = 'my-chat-model'
const question = 'Ask Maria Lopez, maria@example.com, "today"\nor call 212-555-0147.'
const asked = 'Ask [PERSON_1], [EMAIL_1], "today"\nor call [PHONE_1].'
const messages = [{ role: 'user' as const, content: question }]
const client = (baseURL: string) => new OpenAI({ baseURL, apiKey: 'unused', maxRetries: 0 })
const tool = {
  type: 'function' as const,
  function: { name: 'look_up', parameters: { type: 'object', properties: {} } },
}

describe('with numbered markers that are restored, the OpenAI client', () => {
  it.each([1, 4, 300])(
    'gets its own values back, in streams of %i characters a piece',
    async (chunkLength) => {
      const { upstream, gateway } = await startPair({ kind: 'openai', chunkLength }, { yaml })
      const openai = client(gateway.base)
      const plain = await openai.chat.completions.create({ model, messages })
      expect(plain.choices[0]?.message.content).toBe(`You said: ${question}`)
      const stream = openai.chat.completions.stream({ model, messages, n: 2 })
      let text = ''
      for await (const chunk of stream)
        for (const { index, delta } of chunk.choices) if (index === 0) text += delta.content ?? ''
      expect(text).toBe(`You said: ${question}`)
      expect(
        (await stream.finalChatCompletion()).choices.map(({ message }) => message.content),
      ).toEqual([`You said: ${question}`, `You said: ${question}`])
      for (const { body: sent } of callsTo(upstream))
        expect(JSON.parse(sent).messages[0].content).toBe(asked)
      expect(JSON.stringify(gateway.records())).not.toMatch(/maria|lopez|555-?0147/i)
    },
  )

  it('gets them in the arguments of tools, as JSON', async () => {
    const { gateway } = await startPair({ kind: 'openai', chunkLength: 3 }, { yaml })
    const openai = client(gateway.base)
    const body = { model, messages, tools: [tool], tool_choice: 'required' as const }
    const plain = await openai.chat.completions.create(body)
    const stream = openai.chat.completions.stream(body)
    for (const completion of [plain, await stream.finalChatCompletion()]) {
      const [call] = completion.choices[0]?.message.tool_calls ?? []
      const written = call?.type === 'function' ? call.function : undefined
      expect(written?.name).toBe('look_up')
      expect(JSON.stringify(JSON.parse(written?.arguments ?? ''))).toContain(
        JSON.stringify(question).slice(1, -1),
      )
    }
  })

  it('gets them from the Responses API, in every repetition', async () => {
    const responseParts = ['text', 'reasoning'] as const
    const { gateway } = await startPair({ kind: 'openai', chunkLength: 3, responseParts }, { yaml })
    const openai = client(gateway.base)
    const plain = await openai.responses.create({ model, input: question })
    expect(plain.output_text).toBe(`You said: ${question}`)
    const stream = openai.responses.stream({ model, input: question })
    let text = ''
    for await (const event of stream) {
      if (event.type === 'response.output_text.delta') text += event.delta
      if (event.type === 'response.output_text.done') expect(event.text).toBe(text)
    }
    expect(text).toBe(`You said: ${question}`)
    const final = await stream.finalResponse()
    expect(JSON.stringify(final.output)).not.toMatch(/\[(?:EMAIL|PERSON|PHONE)_/)
  })

  it('embeds texts without them', async () => {
    const { upstream, gateway } = await startPair({ kind: 'openai' }, { yaml })
    const { data } = await client(gateway.base).embeddings.create({ model, input: [question, 'b'] })
    expect(data).toHaveLength(2)
    expect(JSON.parse(callsTo(upstream)[0]?.body ?? '').input).toEqual([asked, 'b'])
  })
})
