// The list of what was shown: one line each, as it happens and again at the end.

const results = []
let group = ''

/** Names the checks that follow. */
export function begin(title) {
  group = title
  console.log(`\n--- ${title}`)
}

/** Runs one check; a failure is noted and the next ones still run. */
export async function check(name, run) {
  try {
    await run()
    results.push({ group, name, error: null })
    console.log(`  ok    ${name}`)
  } catch (error) {
    results.push({ group, name, error })
    console.log(`  FAIL  ${name}\n${indent(error.message ?? String(error))}`)
  }
}

/** Prints the summary; the number of failures. */
export function summarize() {
  const failed = results.filter(({ error }) => error !== null)
  console.log('\nSummary')
  for (const title of new Set(results.map((result) => result.group))) {
    const mine = results.filter((result) => result.group === title)
    const bad = mine.filter(({ error }) => error !== null).length
    console.log(
      `  ${title.padEnd(64)} ${String(mine.length - bad).padStart(3)} passed ${bad ? `${bad} FAILED` : ''}`,
    )
  }
  for (const { group: title, name } of failed) console.log(`  FAILED: ${title}: ${name}`)
  console.log(`${results.length - failed.length} passed, ${failed.length} failed`)
  return failed.length
}

function indent(text) {
  return text.slice(0, 4000).replace(/^/gm, '          ')
}
