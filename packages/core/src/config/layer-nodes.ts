import type { ConfigNode, ListNode, MapNode } from './config-node.ts'
import { textAt } from './config-node.ts'

/**
 * Lays a later file over an earlier one: mappings merge key by key, `providers.targets` merges by id, everything else
 * is replaced. Every value keeps the place where it was written.
 */
export function layerNodes(base: ConfigNode, over: ConfigNode): ConfigNode {
  return layer(base, over, '')
}

function layer(base: ConfigNode, over: ConfigNode, path: string): ConfigNode {
  if (base.kind === 'map' && over.kind === 'map') return layerMaps(base, over, path)
  if (base.kind === 'list' && over.kind === 'list' && path === 'providers.targets') {
    return layerTargets(base, over)
  }
  return over
}

function layerMaps(base: MapNode, over: MapNode, path: string): MapNode {
  const entries = new Map(base.entries)
  for (const [key, value] of over.entries) {
    const before = base.entries.get(key)
    const here = path === '' ? key : `${path}.${key}`
    entries.set(key, before === undefined ? value : layer(before, value, here))
  }
  return { ...base, entries }
}

/** Order of the earlier file first, because the first target is the default one; new ids follow. */
function layerTargets(base: ListNode, over: ListNode): ListNode {
  const items = [...base.items]
  for (const item of over.items) {
    const id = textAt(item, 'id')
    const index = id === null ? -1 : base.items.findIndex((target) => textAt(target, 'id') === id)
    const before = base.items[index]
    if (before === undefined) items.push(item)
    else items[index] = layer(before, item, 'providers.targets[]')
  }
  return { ...base, items }
}
