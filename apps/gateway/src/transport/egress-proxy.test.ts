import { KeeptrustsError } from '@keeptrusts/core'
import { describe, expect, it } from 'vitest'
import { readEgressProxy } from './egress-proxy.ts'

describe('the proxy of the environment', () => {
  it.each([
    ['http://proxy.test:3128', 'http://proxy.test:3128/'],
    ['https://proxy.test', 'https://proxy.test/'],
    ['proxy.test:3128', 'http://proxy.test:3128/'],
    [' http://[::1]:3128/ignored ', 'http://[::1]:3128/'],
  ])('is read from %j', (HTTPS_PROXY, url) => {
    const proxy = readEgressProxy({ HTTPS_PROXY })
    expect(proxy?.url.href).toBe(url)
    expect(proxy?.authorization).toBeNull()
  })

  it('is none when the variables are unset or empty', () => {
    expect(readEgressProxy({})).toBeNull()
    expect(readEgressProxy({ HTTPS_PROXY: '', https_proxy: ' ' })).toBeNull()
  })

  it('is read from the lower-case variables first', () => {
    const env = { HTTPS_PROXY: 'http://a.test', https_proxy: 'http://b.test', NO_PROXY: 'c.test' }
    expect(readEgressProxy(env)).toMatchObject({ noProxy: 'c.test' })
    expect(readEgressProxy({ ...env, no_proxy: 'd.test' })?.noProxy).toBe('d.test')
    expect(readEgressProxy(env)?.url.host).toBe('b.test')
    expect(readEgressProxy({ ...env, https_proxy: '' })?.url.host).toBe('a.test')
  })

  it('takes user names and passwords out of the address', () => {
    const proxy = readEgressProxy({ HTTPS_PROXY: 'http://us%40er:p%3Ass@proxy.test:1' })
    expect(proxy?.url.href).toBe('http://proxy.test:1/')
    expect(proxy?.authorization).toBe(`Basic ${btoa('us@er:p:ss')}`)
    const nameOnly = readEgressProxy({ HTTPS_PROXY: 'http://user@proxy.test' })
    expect(nameOnly?.authorization).toBe(`Basic ${btoa('user:')}`)
  })

  it('exempts every host when a * stands anywhere in NO_PROXY', () => {
    const env = { HTTPS_PROXY: 'proxy.test:1' }
    expect(readEgressProxy({ ...env, NO_PROXY: 'a.test, *' })?.noProxy).toBe('*')
    expect(readEgressProxy({ ...env, NO_PROXY: '*.a.test' })?.noProxy).toBe('*.a.test')
  })

  it.each([
    ['socks5://user:pa55word@proxy.test', 'begins with socks5://'],
    ['http://', 'is not an address'],
    ['http://user:pa55word@proxy.test:notaport', 'is not an address'],
    ['http://user:pa55word%@proxy.test', 'holds a user name or password with a %'],
  ])('refuses %j without repeating it', (HTTPS_PROXY, message) => {
    const error = (() => {
      try {
        return readEgressProxy({ HTTPS_PROXY })
      } catch (thrown) {
        return thrown
      }
    })()
    expect(KeeptrustsError.isInstance(error) && error.code).toBe('proxy-invalid')
    expect(String(error)).toContain(`HTTPS_PROXY ${message}`)
    expect(JSON.stringify(error) + String(error)).not.toContain('pa55word')
  })
})
