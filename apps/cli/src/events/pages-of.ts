import type { AuditReader, SeqRange, StoredBody } from '@keeptrusts/audit-store'

/** Records per page: enough to be quick, few enough that even the largest records fit into memory. */
const pageSize = 64

/** The records of a range in log order, page by page. A record that retention removes meanwhile is left out. */
export function* pagesOf(
  reader: Pick<AuditReader, 'bodies'>,
  { from, to }: SeqRange,
): Generator<readonly StoredBody[]> {
  for (let next = from; next < to; ) {
    const rows = reader.bodies({ from: next, to }, pageSize)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows
    next = last.seq + 1
  }
}
