import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Policy, PolicyDefinition, TextScanner } from '../policies/policy.ts'
import { engineFor } from './fixtures/cut-answers.ts'
import {
  blocksAlike,
  redact,
  redactsAlike,
  restoresAlike,
  Tally,
} from './fixtures/cut-properties.ts'

// At least ten times as many in cut-answers.long.test.ts.
const numRuns = 1000

describe('an answer in pieces', () => {
  it('is redacted like the whole one, wherever it is cut', async () => {
    const seen = new Tally()
    const engine = engineFor(redact)
    await fc.assert(await redactsAlike(engine, engine, seen), { numRuns })
    seen.expectTelling()
  })

  it('is blocked like the whole one, and ends before the match', async () => {
    const seen = new Tally()
    await fc.assert(await blocksAlike(seen), { numRuns })
    seen.expectTelling()
  })

  it('gives the caller their own values back like the whole one', async () => {
    const seen = new Tally()
    await fc.assert(await restoresAlike(seen), { numRuns: 300 })
    seen.expectTelling()
    expect(seen.restored).toBeGreaterThan(15)
  })
})

describe('the property', () => {
  it.each([
    ['releases everything at once', changed(withoutHoldBack)],
    ['forgets what came before each piece', changed(withoutMemory)],
    ['looks at the first choice only', changed(firstChoiceOnly)],
  ])('fails within 500 cases for a guard that %s', async (_, broken) => {
    const property = await redactsAlike(engineFor(redact), engineFor(redact, broken))
    expect((await fc.check(property, { numRuns: 500 })).failed).toBe(true)
  })
})

type Scan = NonNullable<Policy['scan']>

function changed(change: (scan: Scan) => Scan) {
  return (definition: PolicyDefinition): PolicyDefinition => ({
    ...definition,
    create: (options) => {
      const policy = definition.create(options)
      return policy.scan ? { ...policy, scan: change((place) => scanOf(policy, place)) } : policy
    },
  })
}

function scanOf(policy: Policy, place: Parameters<Scan>[0]): ReturnType<Scan> {
  if (policy.scan === undefined) throw new Error('the policy cannot scan')
  return policy.scan(place)
}

function withoutHoldBack(scan: Scan): Scan {
  return (place) => {
    const scanner = scan(place)
    let length = 0
    const late = (use: () => ReturnType<typeof scanner.end>, text: string) => {
      const gone = length
      length += text.length
      const found = use().found.filter(({ start }) => start >= gone)
      return { found, decided: length }
    }
    return {
      push: (text) => late(() => scanner.push(text), text),
      end: () => late(() => scanner.end(), ''),
    }
  }
}

function withoutMemory(scan: Scan): Scan {
  return (place) => {
    let length = 0
    return {
      push: (text) => {
        const start = length
        length += text.length
        const alone = scan(place)
        const found = [...alone.push(text).found, ...alone.end().found]
        return { found: found.map((match) => shifted(match, start)), decided: length }
      },
      end: () => ({ found: [], decided: length }),
    }
  }
}

function shifted<Found extends { start: number; end: number }>(match: Found, by: number): Found {
  return { ...match, start: match.start + by, end: match.end + by }
}

function firstChoiceOnly(scan: Scan): Scan {
  return (place) => (place.address.startsWith('choices[0]') ? scan(place) : unseeing())
}

function unseeing(): TextScanner<never> {
  let length = 0
  const pass = (text: string) => {
    length += text.length
    return { found: [], decided: length }
  }
  return { push: pass, end: () => pass('') }
}
