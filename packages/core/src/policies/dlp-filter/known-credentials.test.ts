import { expect, it } from 'vitest'
import { samples } from './credentials/fixtures/samples.ts'
import { inRequest, place, policyOf } from './fixtures/dlp-policies.ts'

const policy = policyOf()

/** The samples that the policy lets through in a text, by the id of their rule. */
function missed(
  find: (text: string) => readonly { readonly start: number; readonly end: number }[],
) {
  return samples(20261127).flatMap(({ id, name, value, isSetting }) => {
    const alone = /[\s"<]/.test(value)
    const text = alone
      ? value
      : name || isSetting
        ? `${name ?? 'SETTING'}=${value}`
        : `Use ${value}.`
    const from = text.indexOf(value)
    const isHit = find(text).some(({ start, end }) => start < from + value.length && end > from)
    return isHit ? [] : [id]
  })
}

it('every format is found in requests by the policy as it runs, not only by its rule', () => {
  expect(missed((text) => inRequest(policy, text))).toEqual([])
})

it('and in answers', () => {
  expect(
    missed((text) => {
      const scanner = policy.scan?.(place)
      return [...(scanner?.push(text).found ?? []), ...(scanner?.end().found ?? [])]
    }),
  ).toEqual([])
})
