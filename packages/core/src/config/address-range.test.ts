import { BlockList, isIPv4, isIPv6 } from 'node:net'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bytesOf, parseRange, rangeHolds } from './address-range.ts'

const ipv4 = fc.ipV4()
const ipv6 = fc.ipV6().filter((address) => isIPv6(address) && !address.startsWith('64:ff9b'))

it('agrees with Node about every range and address', () => {
  const version = fc.constantFrom('ipv4' as const, 'ipv6' as const)
  const pair = version.chain((kind) => {
    const address = kind === 'ipv4' ? ipv4 : ipv6
    return fc.record({
      kind: fc.constant(kind),
      range: address,
      address,
      bits: fc.nat(kind === 'ipv4' ? 32 : 128),
    })
  })
  fc.assert(
    fc.property(pair, ({ kind, range, address, bits }) => {
      const list = new BlockList()
      list.addSubnet(range, bits, kind)
      const mine = rangeHolds(parseRange(`${range}/${bits}`)!, bytesOf(address)!)
      expect(mine).toBe(list.check(address, kind))
    }),
    { numRuns: 2000 },
  )
})

it('counts IPv4-mapped IPv6 as IPv4', () => {
  expect(bytesOf('::ffff:10.0.0.1')).toEqual(bytesOf('10.0.0.1'))
})

it.each([
  '',
  'localhost',
  '10.0.0',
  '10.0.0.256',
  '10.0.0.1/33',
  '10.0.0.1/',
  '::1/129',
  '1::2::3',
  '10.0.0.0/8/8',
  '0x7f.0.0.1',
])('refuses %j', (text) => {
  expect(isIPv4(text) || isIPv6(text)).toBe(false)
  expect(parseRange(text)).toBeNull()
})
