import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { createPrompter } from './prompter.ts'

function terminal() {
  const input = new PassThrough()
  const output = new PassThrough()
  return {
    input,
    prompter: createPrompter(input, output),
    shown: () => String(output.read() ?? ''),
  }
}

it('asks, and does not show a hidden answer', async () => {
  const { input, prompter, shown } = terminal()
  const email = prompter.ask('E-mail: ')
  input.write('ada@example.com\r')
  expect(await email).toBe('ada@example.com')
  const password = prompter.askHidden('Password: ')
  input.write('secret\u007f-horse\r')
  expect(await password).toBe('secre-horse')
  const text = shown()
  expect(text).toContain('E-mail: ada@example.com')
  expect(text).toContain('Password: \n')
  expect(text).not.toMatch(/sec|horse/)
})

it('keeps lines that were typed ahead', async () => {
  const { input, prompter } = terminal()
  const first = prompter.ask('1 ')
  input.write('one\rtwo\rthree\r')
  expect([await first, await prompter.askHidden('2 '), await prompter.ask('3 ')]).toEqual([
    'one',
    'two',
    'three',
  ])
})

it('gives up when the input ends', async () => {
  const { input, prompter } = terminal()
  const answer = prompter.ask('E-mail: ')
  input.end()
  await expect(answer).rejects.toThrow('Nothing was answered')
  await expect(prompter.ask('E-mail: ')).rejects.toThrow('Nothing was answered')
})
