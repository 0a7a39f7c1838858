// Long harmless documents are rare in public rows: neighbouring rows of one repository are put together.
const documentRow = /^(doc|security-doc|document-|latent-context)/
/** Rows that are documents rather than requests. */
export const isDocument = (row) => row.label === 'benign' && documentRow.test(row.subset)
const ROWS_PER_DOCUMENT = [3, 6, 9]

/** One text per few rows of the same group and the same right to train. */
export function composeDocuments(rows) {
  const groups = new Map()
  for (const row of rows.filter(isDocument)) {
    const name = `${row.group} ${row.trainable}`
    groups.set(name, [...(groups.get(name) ?? []), row])
  }
  return [...groups.values()].flatMap((members) => {
    const documents = []
    for (let from = 0; from < members.length; ) {
      const parts = members.slice(from, from + ROWS_PER_DOCUMENT[documents.length % 3])
      from += parts.length
      if (parts.length > 1) documents.push(document(parts))
    }
    return documents
  })
}

function document(parts) {
  const [{ id, source, licence, group, trainable }] = parts
  return {
    id: `composed-${id}`,
    text: parts.map(({ text }) => text).join('\n\n'),
    label: 'benign',
    source,
    licence,
    subset: 'composed-document',
    group,
    trainable,
    composed: true,
  }
}
