// `npm run e2e:mlflow`: real MLflow servers and the Python OpenAI client, driven by the product page's own code blocks.
// Needs Python 3.10 or newer; makes its own environment (KEEPTRUSTS_E2E_VENV, or .venv-e2e) on the first run.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { summarize } from '../e2e/mlflow/checks.mjs'
import { installPackedKt } from '../e2e/mlflow/packed-kt.mjs'
import { stopAll } from '../e2e/mlflow/processes.mjs'
import { pythonEnvironment } from '../e2e/mlflow/python-environment.mjs'
import { changingServer } from '../e2e/mlflow/scenarios/changing-server.mjs'
import { databricksConfig } from '../e2e/mlflow/scenarios/databricks-config.mjs'
import { everyEndpoint } from '../e2e/mlflow/scenarios/every-endpoint.mjs'
import { firstConfig } from '../e2e/mlflow/scenarios/first-config.mjs'
import { fourServers } from '../e2e/mlflow/scenarios/four-servers.mjs'
import { governanceRun } from '../e2e/mlflow/scenarios/governance-run.mjs'
import { logBack } from '../e2e/mlflow/scenarios/log-back.mjs'
import { nothingLeaked } from '../e2e/mlflow/scenarios/nothing-leaked.mjs'
import { pyfuncModel } from '../e2e/mlflow/scenarios/pyfunc-model.mjs'
import { scoringServer } from '../e2e/mlflow/scenarios/scoring-server.mjs'
import { standaloneGateway } from '../e2e/mlflow/scenarios/standalone-gateway.mjs'
import { hasProgram, makeSurroundings } from '../e2e/mlflow/surroundings.mjs'
import { build, importBuilt, root } from './build.mjs'
import { setUp } from './setup.mjs'

const folder = mkdtempSync(join(tmpdir(), 'keeptrusts-e2e-'))
const stages = []
const limitMinutes = 20

/** Ends everything that was started, then the process. */
async function end(code) {
  await stopAll()
  rmSync(folder, { recursive: true, force: true })
  process.exit(code)
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end(130))
setTimeout(() => {
  console.error(`not done after ${limitMinutes} minutes`)
  void end(1)
}, limitMinutes * 60_000).unref()

async function stage(name, work) {
  const started = Date.now()
  console.log(`\n=== ${name}`)
  try {
    return await work()
  } finally {
    stages.push([name, (Date.now() - started) / 1000])
  }
}

async function main() {
  const pythonBin = await stage('Python environment', () => pythonEnvironment(root, process.env))
  await stage('Build', async () => {
    await setUp()
    await build()
  })
  const ktBin = await stage('Pack and install kt', () => installPackedKt(root, folder))
  const { startFakeUpstream } = await importBuilt('packages/testing/dist/index.js')
  const fakeOpenai = await startFakeUpstream({ kind: 'openai', model: 'fake-gpt', token: 'sk-e2e' })
  const world = await makeSurroundings({ folder, pythonBin, ktBin, fakeOpenai })
  printTable(world.table)
  await stage('Register the models', () => registerModels(world))
  await stage('The page as it stands', () => firstConfig(world))
  await stage('Databricks configuration', () => databricksConfig(world))
  const model = await stage('mlflow models serve', () => scoringServer(world))
  const other = await stage('The server changes', () => changingServer(world, model))
  await stage('mlflow gateway start', () => standaloneGateway(world))
  await other.stop()
  await stage('All four servers', () => fourServers(world))
  await stage('Every endpoint', () => everyEndpoint(world))
  await stage('A pyfunc model', () => pyfuncModel(world))
  await stage('Logging back to MLflow', () => logBack(world))
  await stage('The governance run', () => governanceRun(world))
  await stage('What is left behind', () => nothingLeaked(world))
  await fakeOpenai.close()
}

function printTable(table) {
  console.log('\nOn the page                  In this run')
  for (const [from, to] of table) console.log(`${from.padEnd(28)} ${to}`)
  if (!hasProgram('jq'))
    console.log(`${'jq'.padEnd(28)} e2e/mlflow/stand-ins/jq (not installed here)`)
}

async function registerModels(world) {
  const script = join(root, 'e2e', 'mlflow', 'register_models.py')
  const { code, stdout, stderr } = await world.run(['python', script], { limitMs: 300_000 })
  if (code !== 0) throw new Error(`registering the models failed:\n${stderr}`)
  process.stdout.write(stdout.replace(/^(?!registered).*\n/gm, ''))
}

let failures = 0
try {
  await main()
} catch (error) {
  failures = 1
  console.error(`\nstopped early: ${error.stack}`)
}
console.log('\nSeconds per stage')
for (const [name, seconds] of stages)
  console.log(`  ${name.padEnd(30)} ${seconds.toFixed(1).padStart(7)}`)
failures += summarize()
await end(failures > 0 ? 1 : 0)
