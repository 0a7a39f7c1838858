// `npm run eval -- --data DIR`: builds what the evaluation needs and runs it from where it was called.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { build, root } from './build.mjs'
import { fail } from './step.mjs'

await build('@keeptrusts/bench').catch(fail)
const command = join(root, 'packages/bench/dist/eval/eval.js')
spawn(process.execPath, [command, ...process.argv.slice(2)], {
  cwd: process.env.INIT_CWD ?? root,
  stdio: 'inherit',
}).on('close', (code) => {
  process.exitCode = code ?? 1
})
