// `npm run bench`: the gateway against the model server alone, nginx and Portkey, in turns, in one run. See README.md.
import { checkCpu, readCpuReference, saveCpuReference } from './cpu-check.ts'
import type { Figures } from './goals.ts'
import { progress } from './progress.ts'
import { renderReport } from './report.ts'
import type { RunOptions, ScenarioName } from './run-options.ts'
import { runOptions, usage } from './run-options.ts'
import { machine, saveResult, today } from './save-result.ts'
import { cliScenario } from './scenarios/cli.ts'
import { jsonScenario } from './scenarios/json.ts'
import { policiesScenario } from './scenarios/policies.ts'
import { promptsScenario } from './scenarios/prompts.ts'
import type { Scenario, Section } from './scenarios/scenario.ts'
import { soakScenario } from './scenarios/soak.ts'
import { storeScenario } from './scenarios/store.ts'
import { streamsScenario } from './scenarios/streams.ts'

function scenarioOf(name: ScenarioName, { effort, without, soakMinutes }: RunOptions): Scenario {
  switch (name) {
    case 'json':
      return jsonScenario(effort, without)
    case 'prompts':
      return promptsScenario(effort, without)
    case 'streams':
      return streamsScenario(effort, without)
    case 'store':
      return storeScenario(effort)
    case 'policies':
      return policiesScenario(effort)
    case 'cli':
      return cliScenario(effort)
    case 'soak':
      return soakScenario(soakMinutes)
  }
}

/** The options of this run; `null`, with what is wrong on the terminal, when they are none. */
function readOptions(): RunOptions | null {
  try {
    return runOptions(process.argv.slice(2))
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    process.stderr.write(`${error.message}\n\n${usage}`)
    process.exitCode = 2
    return null
  }
}

/** Runs one scenario. What the others measure in half an hour is not lost because one of them failed. */
async function runOne(scenario: Scenario): Promise<Section> {
  try {
    return await scenario.run()
  } catch (error) {
    process.exitCode = 1
    const method = `This failed: ${error instanceof Error ? error.message : error}`
    progress(`${scenario.name}: ${method}`)
    return { title: scenario.name, method, tables: [], figures: {} }
  }
}

async function run(options: RunOptions): Promise<void> {
  const sections: Section[] = []
  for (const name of options.names) sections.push(await runOne(scenarioOf(name, options)))
  const text = renderReport({ date: today, machine, sections, quick: options.effort.quick })
  process.stdout.write(text)
  const figures: Figures = Object.assign({}, ...sections.map((section) => section.figures))
  if (options.check) {
    const { lines, failed } = checkCpu(figures, readCpuReference(), machine)
    process.stdout.write(`\n${lines.join('\n')}\n`)
    if (failed) process.exitCode = 1
  }
  if (options.suffix !== null) {
    saveResult(`${today}${options.suffix}`, text)
    saveCpuReference(figures, machine)
  }
}

const options = readOptions()
if (options !== null) await run(options)
