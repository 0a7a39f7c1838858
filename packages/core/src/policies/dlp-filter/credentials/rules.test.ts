import { describe, expect, it } from 'vitest'
import { runRules } from './fixtures/run-rules.ts'
import type { Sample } from './fixtures/samples.ts'
import { samples } from './fixtures/samples.ts'
import { credentialRules } from './rules.ts'

const rule = new Map(credentialRules.map((each) => [each.id, each]))
const all = samples(20261127)

describe('the list of credential rules', () => {
  it('holds at least 150 formats, each with its own id and an https source', () => {
    expect(rule.size).toBe(credentialRules.length)
    expect(rule.size).toBeGreaterThanOrEqual(150)
    for (const { id, source } of credentialRules) {
      expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)+$/)
      expect(source).toMatch(/^https:\/\/[\w.-]+\//)
    }
  })
  it('has a sample for every rule, and no sample without a rule', () => {
    expect(all.map(({ id }) => id).sort()).toEqual([...rule.keys()].sort())
  })
})

describe.each(all)('$id', (sample) => {
  const own = rule.get(sample.id)!
  it('is found, however it is written', () => {
    for (const text of surroundings(sample)) {
      expect(runRules([own], text).length, text).toBeGreaterThan(0)
      const lower = text.toLowerCase()
      expect(
        own.keywords.some((keyword) => lower.includes(keyword)),
        text,
      ).toBe(true)
    }
  })
  it('is not found when it is only almost right', () => {
    for (const miss of sample.misses) expect(runRules([own], miss), miss).toEqual([])
  })
})

/** The ways in which people write a value. */
function surroundings({ name, value, isSetting }: Sample): string[] {
  const key = name ?? 'SETTING'
  const assigned = [
    `${key}=${value}`,
    `export ${key}='${value}'`,
    `{"${key}": "${value}"}`,
    `${key.toLowerCase()}: ${value}`,
    `<${key}>${value}</${key}>`,
    `- name: ${key}\n  value: "${value}"`,
  ]
  const named = [
    ...assigned,
    `os.environ["${key}"] = "${value}"`,
    `  --${key.toLowerCase().replaceAll('_', '-')} ${value} --verbose`,
    `The ${key} is ${value}.`,
  ]
  // What is more than one word (a header, a line of a file) stands on its own line.
  if (/[\s"<]/.test(value)) return [value, `First line.\n${value}\nlast line.`]
  if (isSetting) return assigned
  return name ? named : [value, ...named, `Use ${value}, please.`]
}
