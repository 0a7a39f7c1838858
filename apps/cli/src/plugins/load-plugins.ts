import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Plugin, PolicyDefinition } from '@keeptrusts/core'
import { CliError } from '../errors/cli-error.ts'

/** Members of a plug-in, with the function that each entry must have. */
const members = { policies: 'create', classifiers: 'classify', recognizers: 'recognize' } as const

/**
 * The policies that a configuration may use: the built-in ones with what the modules in these files add. They run with the rights
 * of this process. Throws `CliError` for a file that is missing, breaks, or exports no plug-in.
 */
export async function policiesOf(
  files: readonly string[] | undefined,
): Promise<readonly PolicyDefinition[]> {
  const plugins: Plugin[] = []
  for (const file of files ?? []) plugins.push(await loadPlugin(file))
  const { policiesWith } = await import('@keeptrusts/core')
  try {
    return policiesWith(plugins)
  } catch (error) {
    throw invalid(files?.join(', ') ?? '', error)
  }
}

async function loadPlugin(file: string): Promise<Plugin> {
  const path = resolve(file)
  await access(path).catch(() => {
    throw new CliError({
      code: 'file-not-found',
      message: 'The plug-in is not there.',
      where: file,
    })
  })
  try {
    const module: { readonly default?: unknown } = await import(pathToFileURL(path).href)
    return checked(module.default)
  } catch (error) {
    throw invalid(file, error)
  }
}

function checked(plugin: unknown): Plugin {
  if (typeof plugin !== 'object' || plugin === null || Array.isArray(plugin))
    throw new TypeError('its default export is no object')
  for (const [name, entries] of Object.entries(plugin)) {
    const method = members[name as keyof typeof members]
    if (method === undefined)
      throw new TypeError(`it has "${name}"; known are ${Object.keys(members).join(', ')}`)
    if (!Array.isArray(entries)) throw new TypeError(`its ${name} are no list`)
    for (const entry of entries)
      if (typeof entry?.[method] !== 'function')
        throw new TypeError(`one of its ${name} has no function "${method}"`)
  }
  return plugin
}

function invalid(file: string, error: unknown): CliError {
  const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  return new CliError({
    code: 'plugin-invalid',
    message: `The plug-in cannot be used: ${reason}.`,
    where: file,
  })
}
