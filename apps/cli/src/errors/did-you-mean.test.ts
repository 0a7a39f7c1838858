import { expect, it } from 'vitest'
import { didYouMean } from './did-you-mean.ts'

const commands = ['events list', 'events show', 'auth login', 'gateway run']

it.each([
  ['event list', 'events list'],
  ['events lst', 'events list'],
  ['evnets show', 'events show'],
  ['Gateway Run', 'gateway run'],
  ['login', null],
  ['deploy', null],
  ['', null],
])('"%s" means %s', (typed, meant) => {
  expect(didYouMean(typed, commands)).toBe(meant)
})
