import { configureGlobal } from 'fast-check'

// One fixed seed, so that a run in CI can be repeated; `npm run test:soak` takes a new one each time. A failure prints it.
configureGlobal({ seed: process.env['KEEPTRUSTS_SOAK'] ? Date.now() : 42 })
