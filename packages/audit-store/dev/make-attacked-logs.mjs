import './register-typescript.mjs'

/*
 * Writes an honest log and a copy for every attack of the threat model, for verifiers that share no code with this package:
 *   node packages/audit-store/dev/make-attacked-logs.mjs <folder>
 * makes <folder>/<name>/ with audit/audit.db, anchors.jsonl, vkey.txt (the key that was kept elsewhere) and expected.json:
 * the exit codes and findings without and with the anchors.
 */
const { writeAttackedLogs } = await import('../src/fixtures/write-attacked-logs.ts')
const [folder] = process.argv.slice(2)
if (folder === undefined) {
  process.stderr.write(
    'Say where to: node packages/audit-store/dev/make-attacked-logs.mjs <folder>\n',
  )
  process.exit(2)
}
process.stdout.write(`${writeAttackedLogs(folder).join('\n')}\n`)
