type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/**
 * Where two JSON documents differ, as `policy.pii-detector.action` and `providers.targets[0].base_url`: names and places, never
 * a value. A part that only one of them has is named once, not member by member.
 */
export function changedPaths(before: Json, after: Json): readonly string[] {
  return difference(before, after, '')
}

function difference(before: Json | undefined, after: Json | undefined, path: string): string[] {
  if (isList(before) && isList(after)) {
    const length = Math.max(before.length, after.length)
    return Array.from({ length }, (_, i) => difference(before[i], after[i], `${path}[${i}]`)).flat()
  }
  if (isObject(before) && isObject(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .sort()
      .flatMap((key) => difference(own(before, key), own(after, key), memberOf(path, key)))
  }
  return before === after ? [] : [path]
}

function memberOf(path: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`
  return path === '' ? key : `${path}.${key}`
}

function own(object: { readonly [key: string]: Json }, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !isList(value)
}
