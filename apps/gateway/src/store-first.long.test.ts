import { join } from 'node:path'
import { openAuditReader } from '@keeptrusts/audit-store'
import { onPosts } from '@keeptrusts/testing'
import { afterEach, describe, expect, it } from 'vitest'
import {
  chatBody,
  endAll,
  post,
  startTestGateway,
  startUpstream,
  yamlFor,
} from './fixtures/test-gateway.ts'

afterEach(endAll)

describe('the record of a decision', () => {
  it('is in the database file before the model sees the call: 200 calls, 64 in flight', async () => {
    let dir = ''
    let misses = 0
    let seen = 0
    const upstream = await startUpstream({
      kind: 'openai',
      script: onPosts((request, _response, next) => {
        // A reader of its own on the file: what it finds has left the gateway's process.
        const reader = openAuditReader({ dir })
        const records = reader.find(String(request.headers['x-request-id']))
        reader.close()
        seen += 1
        if (records[0]?.type !== 'request.decided') misses += 1
        next()
      }),
    })
    const gateway = await startTestGateway(yamlFor({ baseUrl: `${upstream.url}/v1` }))
    dir = join(gateway.dataDir, 'audit')
    const statuses: number[] = []
    let left = 200
    const worker = async (): Promise<void> => {
      while (left-- > 0) {
        const response = await post(gateway.base, chatBody(`Question ${left}`))
        await response.arrayBuffer()
        statuses.push(response.status)
      }
    }
    await Promise.all(Array.from({ length: 64 }, worker))
    expect(statuses.filter((status) => status !== 200)).toEqual([])
    expect({ seen, misses }).toEqual({ seen: 200, misses: 0 })
    expect(gateway.records('request.completed')).toHaveLength(200)
  })
})
