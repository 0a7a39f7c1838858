// docs/reference/providers.md from the grammar of `provider:`.
import { importBuilt } from '../build.mjs'

/** The Markdown page. */
export async function providerReference() {
  const { knownProviders, laterProviders } = await importBuilt('packages/core/dist/index.js')
  const known = Object.entries(knownProviders)
  return `# Providers

Generated from the grammar of \`provider:\` in \`policy-config.yaml\`. A target names its provider, its mode and its model:
\`<provider>:<mode>:<model>\`, as in \`openai:chat:my-chat-model\`. The model may hold colons. \`<provider>\` alone stands for the
mode \`chat\`, with the model in \`model:\`.

${modeTable(known)}
- **Where calls go**: \`<base_url without /v1>\` means that a \`/v1\` at the end of \`base_url\` is left out. A \`base_url\` without any
  path gets \`/v1\` from \`openai\`.
- **Probed**: the server is asked which kind it is, by \`GET /health\`, \`/version\` and \`/agent/info\`, without credentials, at the
  start and after a call that found nobody or no such path; the call then goes where that kind has its chat.
- Each target serves the endpoints that its server has: [HTTP](http-api.md) has the table. The addresses here are those of chat.
  A target without \`base_url\` is never probed.
- **Streams**: with "made of the whole answer" the server has none, and a client that asks for one gets a well-formed stream all
  at once.

## Addresses and keys

${addressTable(known)}
\`secret_key_ref: {env: NAME}\` names another variable. A default variable is used for the default address only: it is never
sent to a \`base_url\` that the file names. The client's own \`Authorization\` is never forwarded.

## Known, not available in this version

A target with one of these is refused with \`E011\`.

| what | instead |
|---|---|
${laterRows(known, laterProviders).join('\n')}
`
}

function modeTable(known) {
  const rows = known.flatMap(([name, { modes }]) =>
    Object.entries(modes).map(
      ([mode, { server, call, probes, streams }]) =>
        `| \`${name}:${mode}:<model>\` | ${server} | \`${call}\` | ${probes ? 'yes' : 'no'} | ${streams ? "the server's own" : 'made of the whole answer'} |`,
    ),
  )
  return `| \`provider\` | the server | where calls go | probed | streams |\n|---|---|---|---|---|\n${rows.join('\n')}\n`
}

function addressTable(known) {
  const rows = known.map(
    ([name, { defaultBaseUrl, defaultSecretEnv }]) =>
      `| \`${name}\` | ${code(defaultBaseUrl) ?? 'none: `base_url` is required'} | ${code(defaultSecretEnv) ?? 'none'} |`,
  )
  return `| provider | address without \`base_url\` | variable with its key |\n|---|---|---|\n${rows.join('\n')}\n`
}

function laterRows(known, laterProviders) {
  const modes = known
    .filter(([, { laterModes }]) => laterModes.length > 0)
    .map(([name, { laterModes, modes }]) => {
      const strings = laterModes.map((mode) => code(`${name}:${mode}`)).join(', ')
      return `| ${strings} | ${Object.keys(modes)
        .map((mode) => `\`${name}:${mode}:<model>\``)
        .join(' or ')} for a chat model |`
    })
  const hints = [...new Set(Object.values(laterProviders))]
  const providers = hints.map((hint) => {
    const names = Object.keys(laterProviders).filter((name) => laterProviders[name] === hint)
    return `| ${names.map(code).join(', ')} | ${hint} |`
  })
  return [...modes, ...providers]
}

const code = (text) => (text === null ? null : `\`${text}\``)
