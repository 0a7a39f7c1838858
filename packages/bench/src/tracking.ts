import { createServer } from 'node:http'

// A tracking server that says yes to everything, as cheap as Node can answer: what is measured is the gateway's part.
const answers: Readonly<Record<string, string>> = {
  '/api/2.0/mlflow/experiments/get-by-name':
    '{"experiment":{"experiment_id":"1","lifecycle_stage":"active"}}',
  '/api/2.0/mlflow/runs/create': '{"run":{"info":{"run_id":"run"}}}',
}

const server = createServer((request, response) => {
  request.resume()
  request.on('end', () => {
    const [path = ''] = (request.url ?? '').split('?')
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(answers[path] ?? '{}')
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address === 'object') process.stdout.write(`${address.port}\n`)
})
