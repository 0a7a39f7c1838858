import { expect, it } from 'vitest'
import { Stopwatch } from './stopwatch.ts'
import { waitingFor } from './waits.ts'

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

it('counts waits that overlap once, and one that is under way until now', async () => {
  const watch = new Stopwatch()
  const { upstream } = watch
  const both = Promise.all([waitingFor(sleep(120), upstream), waitingFor(sleep(120), upstream)])
  await sleep(40)
  const soFar = watch.upstreamMs
  expect(soFar).toBeGreaterThan(0)
  await both
  expect(watch.upstreamMs).toBeGreaterThan(soFar)
  expect(watch.upstreamMs).toBeLessThanOrEqual(watch.totalMs)
  const ended = watch.upstreamMs
  await sleep(5)
  expect(watch.upstreamMs).toBe(ended)
})

it('counts a wait that fails, and takes the wait for the client off what the gateway took', async () => {
  const watch = new Stopwatch(performance.now() - 1000)
  const failing = sleep(30).then(() => Promise.reject(new Error('gone')))
  await expect(waitingFor(failing, watch.upstream)).rejects.toThrow('gone')
  await waitingFor(sleep(30), watch.client)
  const taken = watch.totalMs - watch.overheadMs
  expect(taken).toBeGreaterThan(watch.upstreamMs)
  expect(watch.overheadMs).toBeGreaterThan(watch.upstreamMs)
  expect(await waitingFor(Promise.resolve(7), undefined)).toBe(7)
})
