// After everything: no planted value and no token in what the gateway wrote.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { begin, check } from '../checks.mjs'
import { cardNumber, injectionMark, planted } from '../prompts.mjs'

const secrets = [...planted, cardNumber, injectionMark, 'your-token', 'Hello, world']

export async function nothingLeaked(world) {
  begin('What is left behind')
  await check('no prompt text and no token in the data and configuration folders', () => {
    const files = ['data', 'config'].flatMap((name) => filesBelow(join(world.folder, name)))
    assert.ok(files.length >= 2, 'there is a log')
    for (const file of files) {
      const bytes = readFileSync(file)
      for (const secret of secrets) assert.ok(!bytes.includes(secret), `${file} holds "${secret}"`)
    }
  })
  await check('none in what the gateways printed', () => {
    const output = world.gatewayOutput()
    assert.match(output, /Keeptrusts gateway/)
    for (const secret of secrets) assert.ok(!output.includes(secret), `printed "${secret}"`)
  })
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}
