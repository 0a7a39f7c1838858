// `npm run bench [-- OPTIONS]`: what the gateway costs, next to nginx and Portkey.
import { runBuilt } from './run-built.mjs'

await runBuilt('packages/bench/dist/bench.js', ['@keeptrusts/bench', '@keeptrusts/cli'])
