// The page's second configuration: as it stands it has a placeholder in a URL.
import assert from 'node:assert/strict'
import { begin, check } from '../checks.mjs'

export async function databricksConfig(world) {
  const { page, section } = world
  begin("The page's Databricks configuration")
  const text = page.verbatim(section.databricks)
  const line = text.split('\n').findIndex((entry) => entry.includes('{workspace}')) + 1

  world.writeConfig(text)
  await check('word for word it is refused with file, line and the fix', async () => {
    const { code, stdout, stderr } = await world.runGateway()
    assert.equal(code, 78, stdout + stderr)
    assert.match(stdout + stderr, new RegExp(`policy-config\\.yaml:${line}:\\d+`))
    assert.match(stdout + stderr, /\{workspace\}/)
  })
  world.writeConfig(text.replace('{workspace}', 'adb-1234567890123456'))
  await check('with the workspace filled in it is valid', async () => {
    const { code, stdout, stderr } = await world.run([
      'kt',
      'policy',
      'lint',
      '--file',
      'policy-config.yaml',
    ])
    assert.equal(code, 0, stdout + stderr)
  })
  world.writeConfig(world.pageConfig)
}
