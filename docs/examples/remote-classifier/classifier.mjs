// A plug-in: a model on a server of yours decides about texts that leave the fast score in doubt.
// Run: kt gateway run --policy-config policy-config.yaml --plugin classifier.mjs
const url = process.env.CLASSIFIER_URL ?? 'http://127.0.0.1:8080/classify'
const longestAnswer = 4096

/** Sends a text to the model: `{"text": …}` there, `{"score": 0.93}` back. Whatever else comes back is a failure. */
async function classify({ text, signal }) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
    redirect: 'error',
    signal,
  })
  if (!response.ok) throw new Error(`the classifier answered ${response.status}`)
  const answer = await response.text()
  if (answer.length > longestAnswer) throw new Error('the classifier said too much')
  return { score: JSON.parse(answer).score }
}

export default { classifiers: [{ name: 'http-classifier', classify }] }
