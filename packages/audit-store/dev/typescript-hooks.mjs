import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/*
 * Node 20 cannot load TypeScript, and a worker thread does not go through vitest. Output is cached by content,
 * so that only the first run after a change pays for loading the compiler.
 */
const cache = new URL('../../../node_modules/.cache/keeptrusts-typescript/', import.meta.url)

async function transpile(source, path) {
  const name = `${createHash('sha256').update(path).update('\0').update(source).digest('hex')}.js`
  const cached = new URL(name, cache)
  try {
    return await readFile(cached, 'utf8')
  } catch {
    const { default: typescript } = await import('typescript')
    const { outputText } = typescript.transpileModule(source, {
      fileName: path,
      compilerOptions: { target: 'es2023', module: 'esnext', verbatimModuleSyntax: true },
    })
    await mkdir(cache, { recursive: true })
    const draft = new URL(`${name}.${process.pid}`, cache)
    await writeFile(draft, outputText)
    await rename(draft, cached)
    return outputText
  }
}

export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context)
  const path = fileURLToPath(url)
  return {
    format: 'module',
    shortCircuit: true,
    source: await transpile(await readFile(path, 'utf8'), path),
  }
}
