import type Database from 'better-sqlite3'
import { openSqlite } from '../open-sqlite.ts'
import { schema } from '../schema.ts'
import type { Findings } from './report.ts'

interface SchemaObject {
  readonly type: string
  readonly name: string
  readonly tbl_name: string
  readonly sql: string | null
}

const listObjects = 'SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name'

/** Lets SQLite check its pages and indexes, and compares tables, indexes and triggers with those of the format. */
export function checkDatabase(database: Database.Database, findings: Findings): void {
  for (const { integrity_check: problem } of integrityCheck(database)) {
    if (problem !== 'ok') {
      findings.add({ code: 'database-damaged', message: `SQLite says of the file: ${problem}.` })
    }
  }
  const expected = new Map(expectedObjects().map((object) => [nameOf(object), object]))
  for (const object of database.prepare(listObjects).all() as SchemaObject[]) {
    const name = nameOf(object)
    if (expected.get(name)?.sql !== object.sql) {
      findings.add({ code: 'schema-changed', message: `The ${name} is not that of the format.` })
    }
    expected.delete(name)
  }
  for (const name of expected.keys()) {
    findings.add({ code: 'schema-changed', message: `The ${name} is missing.` })
  }
}

function integrityCheck(database: Database.Database): readonly { integrity_check: string }[] {
  return database.pragma('integrity_check(10)') as { integrity_check: string }[]
}

let objectsOfFormat: readonly SchemaObject[] | null = null

function expectedObjects(): readonly SchemaObject[] {
  if (objectsOfFormat === null) {
    const model = openSqlite(':memory:')
    model.exec(schema)
    objectsOfFormat = model.prepare(listObjects).all() as SchemaObject[]
  }
  return objectsOfFormat
}

function nameOf({ type, name, tbl_name }: SchemaObject): string {
  return `${type} ${name} of ${tbl_name}`
}
