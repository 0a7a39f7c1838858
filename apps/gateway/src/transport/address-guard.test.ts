import { isForbiddenAddress } from '@keeptrusts/core'
import { describe, expect, it } from 'vitest'
import { assertHostAllowed, guardedLookup } from './address-guard.ts'

describe('the address guard', () => {
  it.each([
    '169.254.169.254',
    '169.254.0.1',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    'fe80::1',
    'fd00:ec2::254',
    '100.100.100.200',
  ])('refuses %s', (address) => {
    expect(isForbiddenAddress(address)).toBe(true)
  })

  it.each(['127.0.0.1', '10.1.2.3', '192.168.0.9', '172.16.0.1', '::1', 'fd12::1', '8.8.8.8'])(
    'lets the private or public address %s pass',
    (address) => {
      expect(isForbiddenAddress(address)).toBe(false)
    },
  )

  it.each([
    'http://169.254.169.254/',
    'http://2852039166/',
    'http://0xa9fea9fe/',
    'http://[fe80::1]/',
  ])('refuses the literal %s in whatever spelling', (url) => {
    expect(() => assertHostAllowed(new URL(url))).toThrow()
  })

  it('looks names up and hands ordinary addresses on, one or all', async () => {
    for (const all of [true, false]) {
      const found = await new Promise((resolve, reject) =>
        guardedLookup('localhost', { all }, (error, address) =>
          error ? reject(error) : resolve(address),
        ),
      )
      expect(JSON.stringify(found)).toMatch(/127\.0\.0\.1|::1/)
    }
  })
})
