import type { CallFilter } from './audit-store.ts'

/** A statement and its parameters, which `seq` to stay below and how many rows at most follow (keyset paging). */
export interface Query {
  readonly sql: string
  readonly parameters: readonly (string | number)[]
}

type Filter = Omit<CallFilter, 'limit'>

const completed = (column: string): string =>
  `(SELECT c.${column} FROM events c
    WHERE c.request_id = e.request_id AND c.type IN ('request.completed', 'request.aborted')
    ORDER BY c.seq DESC LIMIT 1)`

/** Selects `seq` and `body` of every matching log record `e`, newest first. */
export function recordQuery(filter: Filter): Query {
  const where = new Where(filter)
  if (filter.verdict !== undefined) {
    where.add(`e.decision = ?${acted(filter.verdict, 'e')}`, filter.verdict)
  }
  if (filter.policy !== undefined) where.add(mayHaveActed('e.body'))
  return where.query('SELECT e.seq, e.body FROM events e')
}

/**
 * Selects `seq`, `type`, `body` and the `completed` body of every matching call, newest first. A call is found by its decided record, or by
 * the one of its end (completed or aborted) when only that was kept.
 */
export function callQuery(filter: Filter): Query {
  const where = new Where(filter)
  where.add(`(e.type = 'request.decided' OR (e.type IN ('request.completed', 'request.aborted') AND NOT EXISTS (
    SELECT 1 FROM events d WHERE d.request_id = e.request_id AND d.type = 'request.decided')))`)
  if (filter.verdict !== undefined) {
    where.add(`coalesce(${completed('decision')}, e.decision) = ?`, filter.verdict)
    if (filter.verdict !== 'allow') {
      // Rare among many calls: this finds the candidates by index instead of walking the whole log.
      where.add(
        `e.request_id IN (SELECT a.request_id FROM events a WHERE a.decision = ?${acted(filter.verdict, 'a')})`,
        filter.verdict,
      )
    }
  }
  if (filter.policy !== undefined) {
    where.add(`(${mayHaveActed('e.body')} OR ${mayHaveActed(completed('body'))})`)
  }
  return where.query(
    `SELECT e.seq, e.type, e.body, ${completed('body')} AS completed FROM events e`,
  )
}

/** Lets SQLite use the partial index on everything that was not plainly allowed. */
function acted(verdict: string, table: string): string {
  return verdict === 'allow' ? '' : ` AND ${table}.decision <> 'allow'`
}

/** Leaves out, without parsing, the many events in which no policy did anything; which one did is for the caller to see. */
function mayHaveActed(body: string): string {
  const verdicts = ['redact"', 'block"', 'would_']
  return `(${verdicts.map((verdict) => `instr(${body}, '"verdict":"${verdict}') > 0`).join(' OR ')})`
}

class Where {
  readonly #conditions: string[] = []
  readonly #parameters: (string | number)[] = []

  constructor(filter: Filter) {
    // `ts` grows with `seq`, so a time is a place in the log: a page is then read straight from the end of the range.
    if (filter.since !== undefined) {
      this.add(
        'e.seq >= (SELECT seq FROM events WHERE ts >= ? ORDER BY ts, seq LIMIT 1)',
        filter.since,
      )
    }
    if (filter.until !== undefined) {
      this.add(
        'e.seq <= (SELECT seq FROM events WHERE ts <= ? ORDER BY ts DESC, seq DESC LIMIT 1)',
        filter.until,
      )
    }
    if (filter.model !== undefined) this.add('e.model = ?', filter.model)
  }

  add(condition: string, ...parameters: readonly (string | number)[]): void {
    this.#conditions.push(condition)
    this.#parameters.push(...parameters)
  }

  query(select: string): Query {
    const where = [...this.#conditions, 'e.seq < ?'].join(' AND ')
    return {
      sql: `${select} WHERE ${where} ORDER BY e.seq DESC LIMIT ?`,
      parameters: this.#parameters,
    }
  }
}
