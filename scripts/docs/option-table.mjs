// A JSON Schema's properties as a Markdown table; nested objects as dotted paths.

/** Rows of `path | type | default | meaning` for every leaf property of a schema. */
export function optionTable(schema) {
  const rows = [...leaves(schema, '')]
  if (rows.length === 0) return 'No options.\n'
  return `| key | type | default | meaning |\n|---|---|---|---|\n${rows.join('\n')}\n`
}

function* leaves(schema, prefix) {
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    const path = prefix ? `${prefix}.${key}` : key
    if (property.properties) yield* leaves(property, path)
    else if (property.items?.properties) yield* leaves(property.items, `${path}[]`)
    else
      yield `| \`${path}\` | ${typeOf(property)} | ${defaultOf(property)} | ${cell(property.description ?? '')} |`
  }
}

function typeOf(property) {
  if (property.enum) return property.enum.map((value) => `\`${value}\``).join(', ')
  if (property.anyOf || property.oneOf)
    return (property.anyOf ?? property.oneOf).map(typeOf).join(' or ')
  const range = [
    property.minimum !== undefined && `≥ ${property.minimum}`,
    property.maximum !== undefined && `≤ ${property.maximum}`,
  ]
  const bounds = range.filter(Boolean).join(', ')
  const name =
    property.type === 'array'
      ? `list of ${property.items ? typeOf(property.items) : 'values'}`
      : [property.type].flat().join(' or ')
  return cell(`${name ?? 'any'}${bounds ? ` (${bounds})` : ''}`)
}

const defaultOf = (property) =>
  property.default === undefined ? '' : `\`${cell(JSON.stringify(property.default))}\``

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
