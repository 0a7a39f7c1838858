import { describe, expect, it } from 'vitest'
import { loopback, TrustedSources } from './trusted-sources.ts'

describe('TrustedSources', () => {
  const trusted = new TrustedSources(['10.0.0.0/8', '192.168.1.7', 'fd00::/8', '127.0.0.1'])

  it.each(['10.200.3.4', '192.168.1.7', 'fd12::9', '::ffff:10.1.1.1'])('includes %s', (address) => {
    expect(trusted.includes(address)).toBe(true)
  })

  it.each(['11.0.0.1', '192.168.1.8', 'fe80::1', 'not an address', null])(
    'does not include %s',
    (address) => {
      expect(trusted.includes(address)).toBe(false)
    },
  )

  it('knows the addresses of the machine itself', () => {
    expect(
      ['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.0.0.1'].map((a) => loopback.includes(a)),
    ).toEqual([true, true, true, false])
  })
})
