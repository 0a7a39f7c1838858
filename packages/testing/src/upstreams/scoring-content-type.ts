const known = ['text/csv', 'application/json', 'application/vnd.apache.parquet']

/** What `mlflow models serve` says about a content type in its 415, or `null` when it takes it. */
export function contentTypeProblem(contentType: string): string | null {
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim())
  const pairs = parameters.map((part) => part.split('='))
  const charset = pairs.find(([name]) => name === 'charset')?.[1] ?? 'utf-8'
  if (charset.toLowerCase() !== 'utf-8') return 'The scoring server only supports UTF-8'
  const unknown = pairs.map(([name]) => name).filter((name) => name !== 'charset')
  if (unknown.length > 0) return `Unrecognized content type parameters: ${unknown.join(', ')}.`
  if (!known.includes(type))
    return `This predictor only supports the following content types: Types: ${known.join(', ')}. Got '${contentType}'.`
  return null
}
