import type { AuditStore } from '@keeptrusts/audit-store'
import type { AuditEvent } from '@keeptrusts/core'
import { parseConfig } from '@keeptrusts/core'
import { describe, expect, it } from 'vitest'
import { yamlFor } from '../fixtures/test-gateway.ts'
import { createLog } from '../log/log.ts'
import { GatewayMetrics } from '../metrics/gateway-metrics.ts'
import { Losses } from './losses.ts'
import { Recorder } from './recorder.ts'

const event = (id: string): AuditEvent => ({
  id,
  type: 'request.decided',
  time: '',
  request_id: id,
})

/** A log that loses what it is told to lose; how a real one fails is tested with the whole gateway. */
function lossyStore() {
  const kept: AuditEvent[] = []
  const disk = { lost: false }
  const record = async (one: AuditEvent) => {
    if (disk.lost) throw new Error('disk')
    kept.push(one)
    return { log: 'log', seq: kept.length - 1, ts: 0 }
  }
  const append = async (one: AuditEvent): Promise<void> => {
    await record(one)
  }
  const store = { record, append, state: 'open' } as unknown as AuditStore
  return { store, kept, disk }
}

function recorderOn(store: AuditStore, more: string) {
  const lines: string[] = []
  const config = parseConfig(yamlFor({ baseUrl: 'http://127.0.0.1:9', more }))
  const log = createLog((line) => lines.push(line))
  const losses = new Losses({ store, log, now: () => 0 })
  return {
    recorder: new Recorder({ config, store, losses, metrics: new GatewayMetrics() }),
    lines,
  }
}

describe('Recorder', () => {
  it('records the size of a gap once the log works again, where calls went on without it', async () => {
    const { store, kept, disk } = lossyStore()
    const { recorder, lines } = recorderOn(store, 'audit_store: {on_failure: open}')
    disk.lost = true
    expect([await recorder.record(event('a')), await recorder.record(event('b'))]).toEqual([
      'none',
      'none',
    ])
    disk.lost = false
    expect(await recorder.record(event('c'))).toBe('log/0')
    await recorder.record(event('d'))
    const types = kept.map(({ type, events }) =>
      events === undefined ? type : `${type} ${events}`,
    )
    expect(types).toEqual(['request.decided', 'audit.interrupted 2', 'request.decided'])
    expect(lines).toHaveLength(2)
  })

  it('throws audit_unavailable where calls must not go on, and logs no text of the failure', async () => {
    const { store, disk } = lossyStore()
    const { recorder, lines } = recorderOn(store, '')
    disk.lost = true
    await expect(recorder.record(event('a'))).rejects.toMatchObject({
      code: 'audit_unavailable',
      status: 503,
    })
    expect(lines.join('')).not.toContain('disk')
  })
})
