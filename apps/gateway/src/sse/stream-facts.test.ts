import { describe, expect, it } from 'vitest'
import { dataEvent, doneData } from './sse-event.ts'
import { StreamFacts } from './stream-facts.ts'

const event = (value: object) => dataEvent(JSON.stringify(value))

describe('the facts of a stream of the Responses API', () => {
  it('are the meaning of each event, and how the response ended', () => {
    const facts = new StreamFacts('responses')
    const meanings = [
      { type: 'response.created', response: { status: 'in_progress', error: null } },
      { type: 'response.output_text.delta', delta: 'a' },
      { type: 'response.output_text.done', text: 'a' },
      { type: 'response.never_heard_of' },
      { type: 'response.output_item.done', item: {} },
    ].map((value) => facts.note(event(value)))
    expect(meanings).toEqual(['content', 'content', 'part_end', 'content', 'part_end'])
    expect({ complete: facts.complete, ended: facts.ended }).toEqual({
      complete: false,
      ended: true,
    })
    const response = {
      ...{ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
      usage: { input_tokens: 3, output_tokens: 4 },
    }
    expect(facts.note(event({ type: 'response.incomplete', response }))).toBe('finishing')
    expect(facts).toMatchObject({
      ...{ complete: true, finishReasons: ['max_output_tokens'], choices: [] },
      usage: { input_tokens: 3, output_tokens: 4 },
    })
  })

  it.each([
    { type: 'error', message: 'x' },
    { type: 'response.failed', response: {} },
    { error: 'x' },
  ])('know an error: %j', (value) => {
    expect(new StreamFacts('responses').note(event(value))).toBe('error')
  })
})

it('a stream of completions is whole with its finish reasons, and still wants its [DONE]', () => {
  const facts = new StreamFacts('completions')
  const choice = { index: 1, text: 'a', finish_reason: null }
  expect(facts.note(event({ choices: [choice] }))).toBe('content')
  expect(facts.note(event({ choices: [{ ...choice, finish_reason: 'length' }] }))).toBe('finishing')
  expect(facts).toMatchObject({ complete: true, ended: false, choices: [1] })
  expect(facts.note(dataEvent(doneData))).toBe('done')
  expect(facts.ended).toBe(true)
})

it('a choice has finished with any reason at all, and a usage without choices is an end without counts', () => {
  const facts = new StreamFacts('chat.completions')
  expect(facts.note(event({ choices: [{ index: 0, finish_reason: true }] }))).toBe('finishing')
  expect(facts).toMatchObject({ complete: true, finishReasons: ['other'] })
  expect(facts.note(event({ choices: [], usage: { prompt_tokens: 'many' } }))).toBe('finishing')
  expect(facts.note(event({ choices: [], usage: null }))).toBe('content')
  expect(facts.usage).toBeNull()
})
