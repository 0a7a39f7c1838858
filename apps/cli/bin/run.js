#!/usr/bin/env node
// Answers `kt --version` by itself: loading the command framework would take longer than the answer.
import { readFileSync } from 'node:fs'

const args = process.argv.slice(2)
const package_ = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

if (args.length === 1 && (args[0] === '--version' || args[0] === '-v')) {
  process.stdout.write(`${package_.version}\n`)
} else {
  // Node 22 and later keep compiled code between starts.
  const { enableCompileCache } = await import('node:module')
  enableCompileCache?.()
  const { main } = await import('../dist/main.js').catch(explainMissingBuild)
  await main(args, package_)
}

/** In a clone that was never built, as opposed to an installed package. */
function explainMissingBuild(error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND' || !error.message.includes('main.js')) throw error
  process.stderr.write(
    'error: kt is not built yet.\n  help: Run npm run build, or npm start, in the repository.\n',
  )
  process.exit(1)
}
