import { serveMlflowScoring } from './fake-mlflow-scoring.ts'
import type { RunningServer } from './http-server.ts'
import { readBody, startServer } from './http-server.ts'

/**
 * The model behind `npm start`: served the way `mlflow models serve` does it, it answers with a quote of what reached it.
 */
export function startDemoModel(options: { port: number; model: string }): Promise<RunningServer> {
  return startServer((request, response) => {
    readBody(request).then(
      (body) =>
        serveMlflowScoring(
          { request, response, body },
          { kind: 'mlflow-scoring', model: options.model },
        ),
      () => response.destroy(),
    )
  }, options.port)
}
