// Folders, ports, environment and programs of one run; what the scenarios work with.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { openPage, replacements, withTargetOfStepTwo } from './page-blocks.mjs'
import { freePort, run, start, waitUntilUp } from './processes.mjs'

const here = import.meta.dirname

/** The sections of the page that are run, under short names. */
const section = {
  config: 'Gateway policy config — MLflow as upstream provider',
  databricks: 'Gateway config for Databricks-hosted MLflow',
  start: 'Start the gateway',
  serve: '1. Deploy a model with MLflow Model Serving',
  target: '2. Point the Keeptrusts gateway at the MLflow endpoint',
  client: '3. Point clients at the Keeptrusts gateway',
  log: '4. Log governance events back to MLflow (optional)',
  verify: 'Verification',
}

/**
 * @param {{folder: string, pythonBin: string, ktBin: string, fakeOpenai: {url: string}}} given `fakeOpenai` stands behind
 *   MLflow's own gateway
 */
export async function makeSurroundings({ folder, pythonBin, ktBin, fakeOpenai }) {
  const ports = { gatewayPort: await freePort(), mlflowPort: await freePort() }
  const table = replacements(ports)
  const page = openPage(table)
  const cwd = join(folder, 'work')
  const receivedFile = join(folder, 'received.jsonl')
  mkdirSync(cwd, { recursive: true })
  writeFileSync(receivedFile, '')
  const env = environment({ folder, bins: [ktBin, pythonBin], receivedFile })
  const options = { cwd, env }
  const gatewayUrl = `http://127.0.0.1:${ports.gatewayPort}`
  const mlflowUrl = `http://127.0.0.1:${ports.mlflowPort}`
  const outputs = []

  const writeConfig = (text) => writeFileSync(join(cwd, 'policy-config.yaml'), text)
  const spawnGateway = (block, environmentOfIt) => {
    const gateway = start('kt gateway run', ['bash', '-ec', block], { cwd, env: environmentOfIt })
    outputs.push(gateway.output)
    return gateway
  }
  return {
    table,
    page,
    section,
    folder,
    env,
    gatewayUrl,
    mlflowUrl,
    fakeOpenai,
    /** The configuration that the page arrives at after its setup steps. */
    pageConfig: withTargetOfStepTwo(page.block(section.config), page.block(section.target)),
    writeConfig,
    /** Everything that gateways wrote so far. */
    gatewayOutput: () => outputs.map((output) => output()).join(''),
    received: () => readFileSync(receivedFile, 'utf8'),
    run: (command, more = {}) => run(command, { ...options, ...more }),
    bash: (block) => run(['bash', '-eo', 'pipefail', '-c', block], options),
    python: (file, ...args) => run(['python', join(here, file), ...args], options),
    pythonBlock: (text) => run(['python', '-'], { ...options, input: text }),
    /** `kt gateway run` as the page starts it; `token: false` leaves its `export` line out. */
    startGateway: async ({ token = true } = {}) => {
      const block = page.block(section.start)
      const gateway = spawnGateway(token ? block : block.replace(/^export .*\n/m, ''), env)
      await waitUntilUp(gateway, `${gatewayUrl}/health`, 30_000)
      return gateway
    },
    /** `kt gateway run` that is expected to refuse. */
    runGateway: () =>
      run(['bash', '-ec', page.block(section.start)], { ...options, limitMs: 30_000 }),
    /** `mlflow models serve` as the page starts it. */
    serveModel: async () => {
      const server = start(
        'mlflow models serve',
        ['bash', '-ec', page.block(section.serve)],
        options,
      )
      await waitUntilUp(server, `${mlflowUrl}/health`)
      return server
    },
    /** `mlflow models serve` of another model, on a port of its own. */
    serveOther: async (model) => {
      const port = await freePort()
      const flags = ['--env-manager', 'local', '--host', '127.0.0.1', '--port', `${port}`]
      const command = ['mlflow', 'models', 'serve', '--model-uri', `models:/${model}/Production`]
      const server = start(command.join(' '), [...command, ...flags], options)
      await waitUntilUp(server, `http://127.0.0.1:${port}/health`)
      return { ...server, port }
    },
    /** `mlflow gateway start`: on the address where the model was served before, or elsewhere with an endpoint of another name. */
    startMlflowGateway: async ({ endpoint } = {}) => {
      const file = join(folder, `${endpoint ?? 'mlflow-gateway'}.yaml`)
      writeFileSync(file, mlflowGatewayConfig(fakeOpenai.url, endpoint ?? 'my-chat-model'))
      const port = endpoint ? await freePort() : ports.mlflowPort
      const flags = ['--config-path', file, '--host', '127.0.0.1', '--port', `${port}`]
      const server = start(
        'mlflow gateway start',
        ['mlflow', 'gateway', 'start', '--workers', '1', ...flags],
        options,
      )
      await waitUntilUp(server, `http://127.0.0.1:${port}/health`)
      return { ...server, port }
    },
    /**
     * `mlflow server`, the tracking server, on a port of its own; with a gateway endpoint of that name in front of
     * `fakeOpenai`, and then with its own address as the only host name that it lets in.
     */
    startTracking: async ({ endpoint } = {}) => {
      const port = await freePort()
      const flags = ['--host', '127.0.0.1', '--port', `${port}`, '--workers', '1']
      const store = ['--backend-store-uri', env.MLFLOW_TRACKING_URI]
      const hosts = endpoint ? ['--allowed-hosts', `127.0.0.1:${port}`] : []
      const command = ['mlflow', 'server', ...flags, ...store, ...hosts]
      const server = start('mlflow server', command, options)
      const url = `http://127.0.0.1:${port}`
      await waitUntilUp(server, `${url}/health`)
      if (endpoint) await makeEndpoint([url, endpoint, fakeOpenai.url, 'sk-e2e'], options)
      return { ...server, port }
    },
    /** An agent behind MLflow's AgentServer, on a port of its own. */
    startAgentServer: async () => {
      const port = await freePort()
      const script =
        'import quoting_agent as a; a.server.run("quoting_agent:app", host="127.0.0.1")'
      const command = ['python', '-c', script, '--port', `${port}`]
      const server = start('AgentServer', command, { cwd: here, env })
      await waitUntilUp(server, `http://127.0.0.1:${port}/health`)
      return { ...server, port }
    },
    /** Another gateway beside the first, with folders of its own and a changed configuration. */
    startSecondGateway: async (change, more = {}) => {
      const port = await freePort()
      const home = mkdtempSync(join(folder, 'second-'))
      const file = join(home, 'policy-config.yaml')
      writeFileSync(file, change(page.block(section.config)))
      const flags = ['--listen', `127.0.0.1:${port}`, '--policy-config', file]
      const gateway = start('kt gateway run', ['kt', 'gateway', 'run', ...flags], {
        cwd: home,
        env: {
          ...env,
          MLFLOW_TRACKING_TOKEN: 'your-token',
          KEEPTRUSTS_DATA_DIR: join(home, 'data'),
          KEEPTRUSTS_CONFIG_DIR: join(home, 'config'),
          ...more,
        },
      })
      outputs.push(gateway.output)
      const url = `http://127.0.0.1:${port}`
      await waitUntilUp(gateway, `${url}/health`, 30_000)
      return { ...gateway, url, home }
    },
  }
}

function environment({ folder, bins, receivedFile }) {
  const env = {
    ...process.env,
    PATH: [...bins, process.env['PATH']].join(delimiter),
    KEEPTRUSTS_DATA_DIR: join(folder, 'data'),
    KEEPTRUSTS_CONFIG_DIR: join(folder, 'config'),
    KEEPTRUSTS_E2E_RECEIVED: receivedFile,
    MLFLOW_TRACKING_URI: `sqlite:///${join(folder, 'mlflow.db')}`,
    MLFLOW_DISABLE_TELEMETRY: 'true',
    // The tracking server's job runners take ten seconds to start and are not needed.
    MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
    // The model server behind MLflow's gateway endpoints is one of this test, on loopback.
    MLFLOW_GATEWAY_API_BASE_ALLOWED_SCHEMES: 'http,https',
    MLFLOW_GATEWAY_API_BASE_ALLOW_PRIVATE_IPS: 'true',
    DO_NOT_TRACK: 'true',
    GIT_PYTHON_REFRESH: 'quiet',
    PYTHONWARNINGS: 'ignore',
    // A company's proxy has no business between the parts of this test.
    NO_PROXY: 'localhost,127.0.0.1',
    no_proxy: 'localhost,127.0.0.1',
  }
  delete env['MLFLOW_TRACKING_TOKEN']
  if (!hasProgram('jq')) env.PATH = [join(here, 'stand-ins'), env.PATH].join(delimiter)
  return env
}

/** Whether a program is on the path of this process. */
export function hasProgram(name) {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.some((folder) => existsSync(join(folder, name)))
}

async function makeEndpoint(args, options) {
  const command = ['python', join(here, 'make_endpoint.py'), ...args]
  const { code, stderr } = await run(command, options)
  if (code !== 0) throw new Error(`making the endpoint failed:\n${stderr}`)
}

function mlflowGatewayConfig(openaiUrl, endpoint) {
  return `endpoints:
  - name: ${endpoint}
    endpoint_type: llm/v1/chat
    model:
      provider: openai
      name: fake-gpt
      config:
        openai_api_key: sk-e2e
        openai_api_base: ${openaiUrl}/v1
`
}
