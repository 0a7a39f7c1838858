// Builds what a tool of this repository needs and runs it from where it was called, with the arguments of this process.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { build, root } from './build.mjs'
import { fail } from './step.mjs'

/**
 * Ends this process with the code of the tool.
 * @param {string} file the built module, from the root
 * @param {string[]} packages what it needs built
 */
export async function runBuilt(file, packages) {
  await build(...packages).catch(fail)
  spawn(process.execPath, [join(root, file), ...process.argv.slice(2)], {
    cwd: process.env.INIT_CWD ?? root,
    stdio: 'inherit',
  }).on('close', (code) => {
    process.exitCode = code ?? 1
  })
}
