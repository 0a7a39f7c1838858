// docs/reference/surface.md from the table that says what each policy does where.
import { importBuilt } from '../build.mjs'

/** The Markdown page. */
export async function surfaceReference() {
  const { builtinPolicies, parseConfig, surfaceTable } = await importBuilt(
    'packages/core/dist/index.js',
  )
  const kinds = builtinPolicies.map(({ kind }) => kind)
  const cells = surfaceTable(parseConfig(configWith(kinds)))
  const shapes = [...new Set(cells.map(({ shape }) => shape))]
  return `# What each policy does where

Generated from the data that the engine itself goes by; \`apps/gateway/src/surface.test.ts\` sends a call through the gateway for
every cell. With every policy at its defaults:

${shapes.map((shape) => section(shape, { cells, kinds })).join('\n\n')}

- **enforced**: the policy looks, and what it says happens.
- **buffered**: the same, but a stream is gathered first and goes out when it has ended.
- **recorded**: the policy takes down what came of the call and changes nothing.
- **monitored**: the policy says what it would do, and nothing happens (\`mode: monitor\`).
- **not_run(request_only)**: the policy is about requests. **not_run(apply_to)**: the configuration switched it off there.
- **not_run(no_text)**: such an answer is vectors. Should a server put a text into one, it is looked at all the same.

On answers, text is looked at as it stands; what is hidden in base64, hexadecimal, rot13 or backwards is looked for in requests
only. Every text of a request is looked at, whichever endpoint its field belongs to. Ids and names are looked at and never
edited. Images, audio, files, token numbers and references to what the model server keeps cannot be read: what happens to
them is \`enforcement.on_unscannable\`, and the event counts them in \`not_scanned\`.
`
}

function configWith(kinds) {
  return `pack: {name: surface, version: 1.0.0, enabled: true}
providers: {targets: [{id: model, provider: openai:chat:model, base_url: http://127.0.0.1/v1}]}
policies: {chain: [${kinds.join(', ')}]}
policy:
${kinds.map((kind) => `  ${kind}: {}`).join('\n')}
`
}

function section(shape, { cells, kinds }) {
  const own = cells.filter((cell) => cell.shape === shape)
  const streams = own.some(({ stream }) => stream)
  const columns = [
    { title: 'request', direction: 'request', stream: false },
    { title: 'answer', direction: 'response', stream: false },
    ...(streams
      ? [
          { title: 'request of a stream', direction: 'request', stream: true },
          { title: 'streamed answer', direction: 'response', stream: true },
        ]
      : []),
  ]
  const rows = kinds.map((kind) => {
    const acts = columns.map(({ direction, stream }) => {
      const cell = own.find(
        (one) => one.policy === kind && one.direction === direction && one.stream === stream,
      )
      return cell.act
    })
    return `| \`${kind}\` | ${acts.join(' | ')} |`
  })
  return `## \`/v1/${shape.replaceAll('.', '/')}\`

| policy | ${columns.map(({ title }) => title).join(' | ')} |
|---|${columns.map(() => '---|').join('')}
${rows.join('\n')}${streams ? '' : '\n\nEmbeddings are not streamed: `stream: true` is refused with 422.'}`
}
