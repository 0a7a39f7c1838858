import { expect, it } from 'vitest'
import { scryptHasher } from './password-hasher.ts'

const password = 'correct horse battery'

it('costs N=2^17 unless told otherwise, and says so in what is stored', async () => {
  const stored = await scryptHasher().hash(password)
  expect(stored).toMatch(/^scrypt-17-8-1\$[A-Za-z0-9_-]{22}\$[A-Za-z0-9_-]{43}$/)
  // A hasher of another cost still checks it: the cost comes from the stored form.
  expect(await scryptHasher(10).verify(password, stored)).toBe(true)
  expect(await scryptHasher(10).verify(`${password}!`, stored)).toBe(false)
})

it('never makes the same hash twice', async () => {
  const hasher = scryptHasher(10)
  expect(await hasher.hash(password)).not.toBe(await hasher.hash(password))
})

it('refuses a stored hash that it cannot read', async () => {
  await expect(scryptHasher(10).verify(password, 'md5$x')).rejects.toThrow('unknown form')
})

it('does the same work for nobody as for somebody', async () => {
  const hasher = scryptHasher(14)
  const stored = await hasher.hash(password)
  const best = async (work: () => Promise<boolean>) => {
    const times: number[] = []
    for (let i = 0; i < 7; i++) {
      const started = process.hrtime.bigint()
      await work()
      times.push(Number(process.hrtime.bigint() - started))
    }
    return Math.min(...times)
  }
  const somebody = await best(() => hasher.verify('wrong', stored))
  const nobody = await best(() => hasher.pretend('wrong'))
  // Without the pretended work the ratio would be in the hundreds.
  expect(somebody / nobody).toBeLessThan(5)
  expect(nobody / somebody).toBeLessThan(5)
})
