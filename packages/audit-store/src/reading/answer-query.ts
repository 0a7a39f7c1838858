import type { AuditReader } from '../audit-store.ts'
import type { LogAnswer, LogQuery } from './log-query.ts'

/** A page ends here even when more records were asked for, so that no answer takes the memory of the gateway. */
const mostCharacters = 8 * 1024 * 1024

/** Answers a query on a log. Throws what the reader throws. */
export function answerQuery(query: LogQuery, reader: AuditReader): LogAnswer {
  switch (query.kind) {
    case 'calls':
      return listed(reader.calls(query.filter))
    case 'records':
      return listed(reader.records(query.filter))
    case 'find':
      return listed(reader.find(query.id))
    case 'after':
      return page(reader, query)
  }
}

function listed(items: readonly object[]): LogAnswer {
  return { json: JSON.stringify(items), count: items.length, next: null }
}

function page(
  reader: AuditReader,
  { after, limit }: { readonly after: number; readonly limit: number },
): LogAnswer {
  const { first, end } = reader.extent()
  const range = { from: Math.max(first, after + 1), to: end }
  const taken: string[] = []
  let [size, next] = [0, after]
  for (const { seq, body } of reader.bodies(range, limit)) {
    size += body.length
    if (taken.length > 0 && size > mostCharacters) break
    taken.push(body)
    next = seq
  }
  return { json: `[${taken.join(',')}]`, count: taken.length, next }
}
