import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../config/parse-config.ts'
import { createEngine } from '../../engine/create-engine.ts'
import type { Identity } from '../../engine/identity.ts'
import { matchesName } from '../name-pattern.ts'
import type { Policy, PolicyCall, ToolUse } from '../policy.ts'
import { builtinPolicies } from '../registry.ts'
import { JoinedScanner } from './joined-scanner.ts'
import { levelOf } from './sensitivity.ts'

function configOf(options: object) {
  const pack = { name: 'test', version: '1.0.0' }
  return parseConfig(
    JSON.stringify({ pack, policies: { chain: ['rbac'] }, policy: { rbac: options } }),
  )
}

function policyOf(options: object): Policy {
  const [entry] = configOf(options).chain
  if (entry === undefined) throw new Error('no policy')
  return entry.definition.create(entry.options)
}

function callBy(identity: Identity, more: Partial<PolicyCall> = {}): PolicyCall {
  return { direction: 'request', identity, model: null, headers: {}, tools: [], ...more }
}

const toolUses = ['offered', 'forced', 'earlier', 'called'] as const
const tool = (name: string, use: ToolUse['use'] = 'called'): ToolUse => ({
  ...{ use, name, arguments: null, address: 'tools[0]' },
})

describe('tools', () => {
  const roles = {
    analyst: { allowed_tools: ['search', 'read_*'], denied_tools: ['read_secret*'] },
    lead: { allowed_tools: ['*'], denied_tools: ['execute_code'] },
  }
  const judge = (name: string, names: readonly string[], use?: ToolUse['use']) =>
    policyOf({ roles }).judgeTool?.(tool(name, use), callBy({ subject: 'ann', roles: names }))

  it.each(toolUses)('are judged when they are %s', (use) => {
    expect(judge('search', ['analyst'], use)).toBeNull()
    expect(judge('send_mail', ['analyst'], use)).toEqual({
      reason: 'tool_not_allowed',
      message: 'The role analyst may not use the tool send_mail',
    })
  })

  it('are what one role allows and none denies', () => {
    expect(judge('read_file', ['analyst'])).toBeNull()
    expect(judge('read_secrets', ['analyst'])).not.toBeNull()
    expect(judge('send_mail', ['analyst', 'lead'])).toBeNull()
    expect(judge('read_secrets', ['analyst', 'lead'])).not.toBeNull()
    expect(judge('execute_code', ['analyst', 'lead'])?.message).toContain('The roles analyst, lead')
    expect(judge('search', ['intern'])).not.toBeNull()
    expect(judge('search', [])?.message).toContain('without a role')
  })

  it('are named only when their name is one', () => {
    const told = judge('delete all of ann@example.com', ['analyst'])?.message
    expect(told).toBe('The role analyst may not use this tool')
  })

  it('cost answers nothing where every role may use every tool', () => {
    const policy = policyOf({ roles: { analyst: { allowed_models: ['small'] } } })
    expect(policy.judgeTool).toBeUndefined()
    const config = configOf({ roles: { analyst: {} } })
    expect(createEngine(config)).toMatchObject({ actsOnResponses: false, gathersResponses: [] })
  })
})

describe('models', () => {
  const roles = { analyst: { allowed_models: ['small-*'] }, lead: { denied_models: ['secret'] } }
  const engineOf = (options: object) => createEngine(configOf(options))

  it('can be asked for by name, for lists', () => {
    const engine = engineOf({ roles })
    const analyst = { subject: 'ann', roles: ['analyst'] }
    const listed = (identity: Identity) =>
      ['small-1', 'large', 'secret'].filter((model) => engine.allowsModel(model, identity))
    expect(listed(analyst)).toEqual(['small-1'])
    expect(listed({ subject: 'bob', roles: ['lead'] })).toEqual(['small-1', 'large'])
    expect(listed({ subject: 'eve', roles: ['other'] })).toEqual([])
    expect(listed({})).toEqual([])
  })

  it('are all there for everybody where nothing is enforced', () => {
    for (const options of [
      { roles, mode: 'monitor' },
      { roles, apply_to: 'output' },
    ])
      expect(engineOf(options).allowsModel('large', {})).toBe(true)
  })

  it('that are not named are refused where not every model is allowed', async () => {
    const messages = [{ role: 'user' as const, content: 'Hello' }]
    const ask = (role: string) =>
      engineOf({ roles: { ...roles, all: {} } }).evaluateRequest({
        messages,
        identity: { subject: 'ann', roles: [role] },
      })
    expect(await ask('analyst')).toMatchObject({ outcome: 'block', reason: 'model_not_allowed' })
    expect(await ask('lead')).toMatchObject({ outcome: 'block', reason: 'model_not_allowed' })
    expect(await ask('all')).toMatchObject({ outcome: 'allow' })
  })
})

describe('roles', () => {
  it('of the prototype are no roles', async () => {
    const policy = policyOf({ roles: { analyst: {} } })
    for (const name of ['constructor', '__proto__', 'toString'])
      expect(await policy.judge?.(callBy({ subject: 'ann', roles: [name] }))).toMatchObject({
        reason: 'role_missing',
      })
  })
})

describe('data', () => {
  it('of a caller is judged by the roles of that caller, in the answer too', async () => {
    const engine = createEngine(
      configOf({
        data_access: {
          analyst: { max_sensitivity: 'internal' },
          lead: { max_sensitivity: 'restricted' },
        },
      }),
    )
    const answerTo = async (role: string): Promise<string> => {
      const messages = [{ role: 'user' as const, content: 'What is the plan?' }]
      const decision = await engine.evaluateRequest({
        messages,
        identity: { subject: 'ann', roles: [role] },
      })
      if (decision.outcome === 'block') throw new Error('blocked')
      const guard = decision.guardStream()
      let text = ''
      for (const piece of ['The plan. TOP', ' SEC', 'RET//NOFORN: grow. ', 'x'.repeat(3000)])
        text += guard.push({ choice: 0, field: 'content' }, piece)
      const { released, decision: end } = await guard.end()
      return `${end.outcome} ${text.length + released.length} ${text.includes('TOP SECRET')}`
    }
    expect(await answerTo('lead')).toMatch(/^allow \d+ true$/)
    expect(await answerTo('analyst')).toMatch(/^block \d+ false$/)
  })

  it('that carries a mark nobody has sorted is the most sensitive', () => {
    expect(levelOf('internal-only-mark')).toBe('internal')
    expect(levelOf('confidential-mark')).toBe('confidential')
    for (const mark of ['top-secret-mark', 'restricted-mark', 'a-mark-of-tomorrow'])
      expect(levelOf(mark)).toBe('restricted')
  })
})

describe('name patterns', () => {
  it.each([
    ['gpt-4', 'gpt-4', true],
    ['gpt-4', 'gpt-4o', false],
    ['gpt-*', 'gpt-4o', true],
    ['gpt-*', 'gpt-', true],
    ['*-test', 'a-test', true],
    ['*-test', 'a-tests', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'acb', false],
    ['ab*bc', 'abc', false],
    ['*', '', true],
    ['**', 'x', true],
    ['a.c', 'abc', false],
    ['A', 'a', false],
  ])('%s and %s: %s', (pattern, name, matches) => {
    expect(matchesName(pattern, name)).toBe(matches)
  })

  it('take time that grows with the name', () => {
    const started = performance.now()
    expect(matchesName('*a'.repeat(50), `${'a'.repeat(500_000)}b`)).toBe(false)
    expect(performance.now() - started).toBeLessThan(200)
  })
})

describe('what is wrong with options', () => {
  const warningsOf = (options: object) =>
    configOf(options)
      .warnings.filter(({ path }) => path.startsWith('policy.rbac'))
      .map(({ path, message }) => `${path}: ${message}`)

  it('is said where two lists contradict each other, or a role is nobody’s', () => {
    expect(
      warningsOf({
        roles: { analyst: { allowed_tools: ['run'], denied_tools: ['run'] } },
        data_access: { analyts: { max_sensitivity: 'internal' } },
        minimum_necessary: { enabled: true, allowed_phi_roles: ['doctor'] },
      }).join('\n'),
    ).toMatch(/denied_tools\[0\]: "run" is both[\s\S]*analyts[\s\S]*doctor/)
    expect(warningsOf({ minimum_necessary: { enabled: true } }).join()).toContain('nobody may send')
    expect(warningsOf({ data_access: { a: { max_sensitivity: 'public' } } })).toEqual([])
  })
})

describe('JoinedScanner', () => {
  const at = (start: number, end: number) => ({
    ...{ rule: 'r', type: 'T', start, end, score: 1000, action: 'block' as const },
  })
  it('reports in order what several looks find, and nothing twice', () => {
    const script = (steps: { found: ReturnType<typeof at>[]; decided: number }[]) => ({
      push: () => steps.shift() ?? { found: [], decided: 0 },
      end: () => steps.shift() ?? { found: [], decided: 0 },
    })
    const joined = new JoinedScanner([
      script([
        { found: [at(5, 9)], decided: 10 },
        { found: [], decided: 30 },
      ]),
      script([
        { found: [], decided: 2 },
        { found: [at(3, 4), at(8, 12)], decided: 30 },
      ]),
    ])
    expect(joined.push('')).toEqual({ found: [], decided: 2 })
    expect(joined.end()).toEqual({ found: [at(3, 4), at(5, 9)], decided: 30 })
  })
})

it('is known to the registry with the detectors of others', () => {
  expect(builtinPolicies.map(({ kind }) => kind)).toContain('rbac')
})
