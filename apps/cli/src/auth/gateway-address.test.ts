import { expect, it } from 'vitest'
import { gatewayAddress } from './gateway-address.ts'

const rules = { where: '--gateway', insecureHttp: false }

it.each([
  ['https://gateway.example.com:41002', 'https://gateway.example.com:41002'],
  ['https://gateway.example.com/', 'https://gateway.example.com'],
  ['https://example.com/governance/', 'https://example.com/governance'],
  ['http://127.0.0.1:41002', 'http://127.0.0.1:41002'],
  ['http://[::1]:41002/', 'http://[::1]:41002'],
  ['http://localhost:41002', 'http://localhost:41002'],
])('takes %s', (text, address) => {
  expect(gatewayAddress(text, rules)).toBe(address)
})

it.each([
  'http://gateway.example.com:41002',
  'http://10.0.0.7',
  'http://localhost.example.com',
  'http://127.0.0.1.example.com',
])('refuses to send passwords to %s, unless that is accepted', (text) => {
  expect(() => gatewayAddress(text, rules)).toThrow(
    expect.objectContaining({ code: 'insecure-http' }),
  )
  expect(gatewayAddress(text, { ...rules, insecureHttp: true })).toBe(text)
})

it.each(['gateway', 'gateway:41002', 'ftp://gateway', 'https://u:p@gateway', 'https://g/?a', ''])(
  'knows that %s is no address, without repeating it',
  (text) => {
    expect(() => gatewayAddress(text, rules)).toThrow(
      expect.objectContaining({
        code: 'bad-flag',
        message: 'This is not the address of a gateway.',
      }),
    )
  },
)
