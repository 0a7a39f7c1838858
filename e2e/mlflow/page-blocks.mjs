// The code blocks of the product page, by section, with the addresses of this run put in.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const file = join(import.meta.dirname, 'page', 'code-blocks.md')

/** Section title -> text of its code block, as committed. */
function readBlocks() {
  const found = new Map()
  let section = ''
  let lines = null
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line.startsWith('```')) {
      if (lines) found.set(section, `${lines.join('\n')}\n`)
      lines = lines ? null : []
    } else if (lines) lines.push(line)
    else if (line.startsWith('## ')) section = line.slice(3)
  }
  return found
}

/**
 * What stands on the page and what stands there in this run. Printed by the test; nothing else is changed.
 * @param {{gatewayPort: number, mlflowPort: number}} ports
 */
export function replacements({ gatewayPort, mlflowPort }) {
  return [
    ['mlflow-server:5000', `localhost:${mlflowPort}`],
    ['--port 5000', `--port ${mlflowPort}`],
    ['0.0.0.0:41002', `127.0.0.1:${gatewayPort}`],
    ['0.0.0.0', '127.0.0.1'],
    ['localhost:41002', `localhost:${gatewayPort}`],
    // The environment of this run has the model's packages; a second one would only take minutes to make.
    ['mlflow models serve', 'mlflow models serve --env-manager local'],
  ]
}

/** Reads blocks of the page: `page.block('Verification')` as it is run, `page.verbatim(…)` as committed. */
export function openPage(table) {
  const blocks = readBlocks()
  const verbatim = (section) => {
    const text = blocks.get(section)
    if (text === undefined) throw new Error(`${file} has no section "${section}"`)
    return text
  }
  const block = (section) =>
    table.reduce((text, [from, to]) => text.replaceAll(from, to), verbatim(section))
  return { block, verbatim }
}

/** The page's first configuration with the target of setup step 2 in place of its own. */
export function withTargetOfStepTwo(config, step) {
  const parts = /^(?<head>.*?)^providers:\n.*?(?<tail>^policies:\n.*)$/ms.exec(config)
  return `${parts.groups.head}${step}${parts.groups.tail}`
}
