// `npm start`: set up, build, then the gateway with the MLflow example in front of an embedded demo model.
// `npm start -- --policy-config my.yaml` runs on your own configuration instead; all flags of `kt gateway run` work.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { build, importBuilt, root } from './build.mjs'
import { setUp } from './setup.mjs'
import { fail } from './step.mjs'

const args = process.argv.slice(2)
const kt = join(root, 'apps', 'cli', 'bin', 'run.js')

try {
  await setUp()
  await build('@keeptrusts/cli', '@keeptrusts/testing')
} catch (error) {
  fail(error)
}
const ownConfig = args.some(
  (arg) => arg.startsWith('--policy-config') || arg.startsWith('--config'),
)
const demo = ownConfig ? null : await startDemo()
runGateway(demo)

async function startDemo() {
  const { startDemoModel } = await importBuilt('packages/testing/dist/index.js')
  return startDemoModel({ port: 0, model: 'my-chat-model' })
}

function runGateway(demo) {
  const config = join(root, 'docs', 'examples', 'mlflow', 'policy-config.yaml')
  const flags = demo ? ['--policy-config', config, '--upstream', `${demo.url}/v1`, ...args] : args
  // In a process group of its own, so that Ctrl-C reaches it once, through `endOnSignals`, and not also from the terminal.
  const detached = process.platform !== 'win32'
  const gateway = spawn(process.execPath, [kt, 'gateway', 'run', ...flags], {
    stdio: 'inherit',
    detached,
  })
  endOnSignals(gateway)
  endWithParent(gateway)
  if (demo) void showHints(demo.url, gateway)
  gateway.on('exit', async (code, signal) => {
    await demo?.close()
    process.exit(code ?? (signal ? 1 : 0))
  })
}

/** Stops the gateway when npm was ended in a way that nobody told this process about. */
function endWithParent(gateway) {
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && gateway.kill('SIGTERM'), 1000).unref()
}

/** Hands signals on. On Ctrl-C both the terminal and npm send one; the gateway takes a second as "now", so close ones count once. */
function endOnSignals(gateway) {
  let last = 0
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (Date.now() - last > 500) gateway.kill(signal)
      last = Date.now()
    })
  }
}

/** Once the gateway listens: before, what the hints say would fail. */
async function showHints(url, gateway) {
  while (gateway.exitCode === null && gateway.signalCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 200))
    // A certificate that is not trusted here is an answer too: the gateway listens.
    const refused = await fetch(`${address()}/healthz`).catch(({ cause }) => cause)
    if (refused?.code === 'ECONNREFUSED') continue
    process.stderr.write(`\n${hints(url)}\n`)
    return
  }
}

function hints(url) {
  return `Demo model my-chat-model is served at ${url} the way \`mlflow models serve\` does it.

Try, in another terminal:

  curl -s ${address()}/v1/chat/completions -H "Content-Type: application/json" \\
    -d '{"model":"my-chat-model","messages":[{"role":"user","content":"My name is John Smith, john@example.com"}]}'

  npx kt events list --limit 5

or the OpenAI client with base_url="${address()}/v1", api_key="unused", model="my-chat-model".
Ctrl-C stops both.
`
}

/** Where the gateway will listen, as its flags say. */
function address() {
  const value = (flag) => {
    const at = args.findLastIndex((arg) => arg === flag || arg.startsWith(`${flag}=`))
    if (at === -1) return undefined
    return args[at] === flag ? args[at + 1] : args[at].slice(flag.length + 1)
  }
  const port = value('--port') ?? value('--listen')?.split(':').at(-1)
  const secure = value('--tls-cert') ?? process.env.KEEPTRUSTS_TLS_CERT_PATH
  return `${secure ? 'https' : 'http'}://localhost:${port ?? 41002}`
}
