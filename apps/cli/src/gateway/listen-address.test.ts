import { describe, expect, it } from 'vitest'
import { parseListen } from './listen-address.ts'

describe('--listen and --port', () => {
  it.each([
    [undefined, undefined, '127.0.0.1', 41002],
    [undefined, 8080, '127.0.0.1', 8080],
    ['0.0.0.0:41002', undefined, '0.0.0.0', 41002],
    ['[::1]:8080', undefined, '::1', 8080],
    ['[fe80::1%eth0]:8080', undefined, 'fe80::1%eth0', 8080],
    ['localhost:0', undefined, 'localhost', 0],
    ['gateway.local', 8080, 'gateway.local', 8080],
    ['127.0.0.1:8080', 8080, '127.0.0.1', 8080],
  ])('%s and %s mean %s, %i', (listen, port, host, expected) => {
    expect(parseListen(listen, port)).toEqual({ host, port: expected })
  })

  it('never opens the network unless its address is written out', () => {
    expect(parseListen(':8080', undefined)).toEqual({ host: '127.0.0.1', port: 8080 })
  })

  it.each([
    '::1:8080',
    '127.0.0.1:65536',
    '127.0.0.1:',
    'http://localhost:80',
    'a b:80',
    '[::1',
    'x:y',
  ])('%s is refused with an example', (listen) => {
    expect(() => parseListen(listen, undefined)).toThrow(
      expect.objectContaining({
        code: 'bad-flag',
        where: '--listen',
        suggestion: expect.stringContaining('127.0.0.1:41002'),
      }),
    )
  })

  it('do not contradict each other', () => {
    expect(() => parseListen('127.0.0.1:8080', 9090)).toThrow('--port says 9090')
  })
})
