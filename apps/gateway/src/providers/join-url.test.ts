import { describe, expect, it } from 'vitest'
import { adapterUrl, joinUrl } from './join-url.ts'

const chat = '/v1/chat/completions'

describe('joinUrl', () => {
  it.each([
    ['http://h:5000/v1', 'http://h:5000/v1/chat/completions'],
    ['http://h:5000', 'http://h:5000/v1/chat/completions'],
    ['http://h:5000/', 'http://h:5000/v1/chat/completions'],
    ['https://w/serving-endpoints', 'https://w/serving-endpoints/chat/completions'],
    ['http://h/gateway/mlflow/v1/', 'http://h/gateway/mlflow/v1/chat/completions'],
  ])('puts the path of the client behind %s without a second /v1', (base, url) => {
    expect(joinUrl(base, chat).href).toBe(url)
  })
})

describe('adapterUrl', () => {
  it.each([
    ['http://h:5000/v1', 'http://h:5000/invocations'],
    ['http://h:5000', 'http://h:5000/invocations'],
    ['http://h/models/chat/v1/', 'http://h/models/chat/invocations'],
    ['http://h/v10', 'http://h/v10/invocations'],
  ])('leaves a trailing /v1 of %s out', (base, url) => {
    expect(adapterUrl(base, '/invocations').href).toBe(url)
  })
})
