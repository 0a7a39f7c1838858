// The page's first configuration exactly as it stands, and the sign-in that the page asks for.
import assert from 'node:assert/strict'
import { begin, check } from '../checks.mjs'
import { question } from '../prompts.mjs'
import { ask } from './governed-call.mjs'

export async function firstConfig(world) {
  const { page, section } = world
  begin('The page as it stands')

  await check('kt auth login creates the first operator, kt auth whoami knows them', async () => {
    const command = ['kt', 'auth', 'login', '--email', 'ops@example.com', '--password-stdin']
    const login = await world.run(command, { input: 'correct horse battery staple\n' })
    assert.equal(login.code, 0, login.stderr)
    const whoami = await world.run(['kt', 'auth', 'whoami'])
    assert.match(whoami.stdout, /ops@example\.com/, whoami.stderr)
  })

  await check('kt policy lint accepts the first YAML word for word', async () => {
    world.writeConfig(page.verbatim(section.config))
    const lint = await world.run(['kt', 'policy', 'lint', '--file', 'policy-config.yaml'])
    assert.equal(lint.code, 0, lint.stdout + lint.stderr)
  })

  world.writeConfig(page.block(section.config))
  const gateway = await world.startGateway()
  await check(
    'the snippet gets 404 model_not_found that lists my-mlflow-model and names the line',
    async () => {
      const { code, stderr } = await world.pythonBlock(page.block(section.client))
      assert.notEqual(code, 0)
      assert.match(stderr, /NotFoundError: Error code: 404/)
      assert.match(stderr, /my-mlflow-model/)
      assert.match(stderr, /policy-config\.yaml:8\b/, 'line 8 holds the model name')
    },
  )
  await check('its code and parameter are for programs', async () => {
    const { status, error } = await ask(world, question)
    assert.deepEqual([status, error.code, error.param], [404, 'model_not_found', 'model'])
  })
  await gateway.stop()
}
