// `npm run eval -- --data DIR`: what the detectors find in labelled rows.
import { runBuilt } from './run-built.mjs'

await runBuilt('packages/bench/dist/eval/eval.js', ['@keeptrusts/bench'])
