import { register } from 'node:module'

/** Lets a plain Node process or worker thread run this package from its TypeScript source. */
register('./typescript-hooks.mjs', import.meta.url)
