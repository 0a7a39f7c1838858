import { slots } from './slots.mjs'

/** Fills a template: `<slot>` by one of its words, `{a|b}` by one of its parts (they may nest), chosen by `random`. */
export function expand(template, random) {
  let text = template
  for (let depth = 0; depth < 12; depth++) {
    const next = text.replace(/<(\w+)>/g, (whole, name) =>
      name in slots ? pick(slots[name].split('|'), random) : whole,
    )
    const chosen = next.replace(/\{([^{}]*)\}/g, (whole, parts) =>
      parts.includes('|') ? pick(parts.split('|'), random) : whole,
    )
    if (chosen === text) break
    text = chosen
  }
  return text.replaceAll('\\n', '\n').trim()
}

/** One of `list`. */
export function pick(list, random) {
  return list[Math.floor(random() * list.length)]
}

/** Up to `count` different texts of a template. */
export function textsOf(template, count, random) {
  const texts = new Set()
  for (let tries = 0; tries < count * 3 && texts.size < count; tries++) {
    texts.add(expand(template, random))
  }
  return [...texts]
}
