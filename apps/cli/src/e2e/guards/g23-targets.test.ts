import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { createSandbox } from '../../fixtures/spawn-kt.ts'
import { chat, codeOf, parseAnswer, request, startBench } from './bench.ts'
import { startRecordingUpstream, usualAnswer } from './recording-upstream.ts'

const bench = await startBench()
const evil = await startRecordingUpstream()
const sandbox = createSandbox()
afterAll(async () => {
  await bench.stop()
  evil.close()
  sandbox.remove()
})

const names =
  'api_base base_url baseUrl api_base_url endpoint url host target provider proxy extra_headers api_key'.split(
    ' ',
  )
const fields = Object.fromEntries(names.map((name) => [name, evil.url]))
const { host } = new URL(evil.url)

/** Hosts that lead to link-local or metadata addresses, in the spellings that URL parsers fold. */
const forbidden = [
  '169.254.169.254',
  '169.254.1.1',
  '0xa9.0xfe.0xa9.0xfe',
  '0xa9fea9fe',
  '2852039166',
  '0251.0376.0251.0376',
  '169.254.43518',
  '169.16689662',
  '\u2460\u2465\u2468.254.169.254',
  '169\u3002254\u3002169\u3002254',
  '%31%36%39.254.169.254',
  '169.254.169.254.',
  '[::ffff:169.254.169.254]',
  '[::ffff:a9fe:a9fe]',
  '[64:ff9b::169.254.169.254]',
  '[fe80::1]',
  '[febf::1]',
  '[fd00:ec2::254]',
  '[fd00:0ec2:0:0:0:0:0:0254]',
  'metadata.google.internal',
  'METADATA.google.internal.',
]

/** A preload that makes names lead where an attacker's DNS would. */
const rebinding = `
import dns from 'node:dns'
import { readFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
const real = dns.lookup
dns.lookup = (name, options, done) => {
  if (!name.endsWith('.rebind.test')) return real(name, options, done)
  const address = readFileSync(process.env.REBIND_FILE, 'utf8')
  const family = address.includes(':') ? 6 : 4
  if (options.all) done(null, [{ address: '127.0.0.1', family: 4 }, { address, family }])
  else done(null, address, family)
}
syncBuiltinESMExports()
`

describe('G23: where calls go', () => {
  it('G23: no field, header or query of a request changes it', async () => {
    const nested = {
      ...fields,
      metadata: fields,
      extra_body: fields,
      tools: [{ type: 'mcp', function: { name: 'f', parameters: fields }, ...fields }],
    }
    const headers = [
      ...names.map((name) => `X-${name.replaceAll('_', '-')}: ${evil.url}`),
      `X-Forwarded-Host: ${host}`,
      `Forwarded: host=${host}`,
      `X-Original-URL: ${evil.url}/`,
      `X-Keeptrusts-Target: ${evil.url}`,
    ]
    const bytes = request(
      chat('x', nested),
      `Connection: close\r\n${headers.join('\r\n')}\r\n`,
    ).toString()
    const answers = [
      await bench.send(bytes),
      await bench.send(bytes.replace('Host: kt', `Host: ${host}`)),
      await bench.send(
        bytes.replace('/completions', `/completions?api_base=${evil.url}&url=${evil.url}`),
      ),
    ]
    expect(answers.map((answer) => parseAnswer(answer).status)).toEqual([200, 200, 200])
    expect(bench.upstream.calls.map((call) => call.url)).toEqual(
      Array(3).fill('/v1/chat/completions'),
    )
    expect(evil.calls).toHaveLength(0)
  })

  it.each([301, 302, 303, 307, 308])(
    'G23: a redirect (%i) is an error and is not followed',
    async (status) => {
      bench.upstream.answer = (response) => {
        response.writeHead(status, { location: `${evil.url}/v1/chat/completions` }).end()
      }
      const answer = await bench.ask(chat('x'))
      expect(parseAnswer(answer).status).toBe(502)
      expect(answer).not.toContain(host)
      expect(evil.calls).toHaveLength(0)
      expect(evil.sockets.size).toBe(0)
      bench.upstream.answer = usualAnswer
    },
  )

  it('G23: link-local and metadata addresses are refused at the start, in every spelling', async () => {
    const targets = forbidden.map(
      (name, at) =>
        `    - {id: t${at}, provider: "openai:chat:m${at}", base_url: "http://${name}/v1"}`,
    )
    writeFileSync(
      join(sandbox.folder, 'policy-config.yaml'),
      `pack: {name: g, version: 1.0.0}\nproviders:\n  targets:\n${targets.join('\n')}\npolicies: {chain: [audit-logger]}\n`,
    )
    const { code, stderr } = await sandbox.kt(['gateway', 'run', '--port', '0'])
    expect(code).toBe(78)
    const refused = [
      ...stderr.matchAll(/error\[E024\]: .*\n {2}--> policy-config\.yaml:(\d+):/g),
    ].map((hit) => forbidden[Number(hit[1]) - 4])
    expect(refused).toEqual(forbidden)
  })

  it('G23: a name that leads to such an address is refused when it is looked up', async () => {
    const preload = join(sandbox.folder, 'rebinding.mjs')
    const file = join(sandbox.folder, 'address')
    writeFileSync(preload, rebinding)
    writeFileSync(file, '127.0.0.1')
    const rebound = await startBench({
      baseUrl: `http://model.rebind.test:${new URL(evil.url).port}/v1`,
      env: { NODE_OPTIONS: `--import ${pathToFileURL(preload)}`, REBIND_FILE: file },
    })
    const codes: (string | null)[] = []
    for (const address of [
      '169.254.169.254',
      '::ffff:169.254.169.254',
      'fe80::1',
      'fd00:ec2::254',
    ]) {
      writeFileSync(file, address)
      const answer = await rebound.ask(chat('x'))
      codes.push(codeOf(answer))
      expect(answer).toMatch(/link-local|metadata|never called/)
    }
    expect(codes).toEqual(Array(4).fill('upstream_unreachable'))
    expect(evil.calls).toHaveLength(0)
    // The same name at an address that may be called.
    writeFileSync(file, '127.0.0.1')
    expect(parseAnswer(await rebound.ask(chat('x'))).status).toBe(200)
    await rebound.stop()
    expect(evil.calls).toHaveLength(1)
  })
})
