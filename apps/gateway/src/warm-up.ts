import type { Engine } from '@keeptrusts/core'

const text =
  'Hello, my name is Ada Example, mail ada@example.com or call 555-010-0199 about models:/x/1.'

/**
 * Runs the chain once on a text of ours, which is recorded nowhere: tables and expressions that policies build on
 * first use are then there for the first caller, who would wait some 40 ms for them.
 */
export async function warmUp(engine: Engine): Promise<void> {
  const turn = (role: string) => ({ role, content: text })
  const call = { shape: 'chat.completions' } as const
  const request = JSON.stringify({ messages: [turn('user'), turn('tool')] })
  const answer = JSON.stringify({ choices: [{ index: 0, message: turn('assistant') }] })
  await engine.checkRequest({ ...call, source: request })
  await engine.checkResponse({ ...call, source: answer })
}
