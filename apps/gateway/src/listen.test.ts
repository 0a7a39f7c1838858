import { connect } from 'node:net'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { describe, expect, it, onTestFinished } from 'vitest'
import { listen } from './listen.ts'

const anywhere = { host: '127.0.0.1', port: 0 }

describe('a listening socket', () => {
  it('gives up on a head that does not arrive in time, says so, and counts it', async () => {
    let rejected = 0
    const onRejected = (): void => {
      rejected++
    }
    const app = new Hono<{ Bindings: Partial<HttpBindings> }>()
    const listening = await listen(app, anywhere, { onRejected, headersTimeout: 200 })
    onTestFinished(() => listening.close())
    const client = connect(Number(new URL(listening.url).port), '127.0.0.1')
    let answer = ''
    client.on('data', (bytes) => {
      answer += bytes
    })
    client.write('GET / HTTP/1.1\r\nHost: kt\r\nX: ')
    await new Promise((resolve) => client.on('close', resolve))
    expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n(?:.+\r\n)*connection: close\r\n/)
    expect(answer).toContain('"code":"request_timeout"')
    expect(rejected).toBe(1)
  })
})
