import Sqlite from 'better-sqlite3'

/**
 * Connections and their statements are kept until the process ends. better-sqlite3 12, the last line for Node 20, aborts
 * the process on Node 24.19 and later when V8 collects one of its objects outside of JavaScript; 13 mends that and needs Node 22.
 */
const kept = new Set<Sqlite.Database>()

/**
 * Opens a SQLite file. Each SQL text is prepared once per connection, so what is kept stays small.
 * Throws what better-sqlite3 throws.
 */
export function openSqlite(path: string, options: Sqlite.Options = {}): Sqlite.Database {
  const database = new Sqlite(path, options)
  kept.add(database)
  const prepareAnew = database.prepare.bind(database)
  const statements = new Map<string, Sqlite.Statement>()
  const prepare = (sql: string): Sqlite.Statement => {
    const known = statements.get(sql)
    if (known) return known
    const statement = prepareAnew(sql)
    statements.set(sql, statement)
    return statement
  }
  const pragma = (source: string, { simple = false }: Sqlite.PragmaOptions = {}): unknown => {
    const statement = prepare(`PRAGMA ${source}`)
    if (!statement.reader) return statement.run()
    const rows = statement.all() as Record<string, unknown>[]
    return simple ? Object.values(rows[0] ?? {})[0] : rows
  }
  Object.assign(database, { prepare, pragma })
  return database
}
