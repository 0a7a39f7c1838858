import { expect, test } from 'vitest'
import type { Bodies } from './bodies.ts'
import { bodySource } from './bodies.ts'
import { promptBodies } from './scenarios/prompts.ts'

interface Body {
  readonly messages: readonly { readonly role: string; readonly content: string }[]
}

function bodies(what: Bodies, count: number): Body[] {
  const next = bodySource(what)
  return Array.from({ length: count }, () => JSON.parse(next()))
}

const contents = (all: readonly Body[]) =>
  all.flatMap(({ messages }) => messages.map(({ content }) => content))

test.each([300, 3072, 30_720, 102_400])('a prompt of %i bytes has about that size', (bytes) => {
  const [one] = bodies(promptBodies('one', bytes, 0), 1)
  expect(one?.messages.length).toBe(1)
  expect(one?.messages[0]?.content.length).toBe(bytes)
  const [history] = bodies(promptBodies('new', bytes, 0), 1)
  const length = contents([history as Body]).reduce((sum, content) => sum + content.length, 0)
  expect(length).toBeGreaterThanOrEqual(bytes)
  expect(length).toBeLessThan(bytes + 500)
})

test('where everything is new, no message comes a second time, in no call and in no round', () => {
  const rounds = [-1, 0, 1].flatMap((round) => bodies(promptBodies('new', 30_720, round), 5))
  const all = contents(rounds)
  expect(new Set(all).size).toBe(all.length)
})

test('in a conversation over 90 % of the messages of a call were in the one before, and the last one is new', () => {
  const [first, second] = bodies(promptBodies('same', 102_400, 0), 2) as [Body, Body]
  const seen = new Set(contents([first]))
  const repeated = contents([second]).filter((content) => seen.has(content))
  expect(repeated.length / second.messages.length).toBeGreaterThan(0.9)
  expect(seen.has(second.messages.at(-1)?.content ?? '')).toBe(false)
})

test('every path gets the same calls in a round', () => {
  const what = promptBodies('one', 3072, 1)
  expect(bodies(what, 3)).toEqual(bodies(what, 3))
})
