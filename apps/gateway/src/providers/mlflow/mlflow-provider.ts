import type { Provider } from '../provider.ts'
import { callScoringServer } from './scoring-server.ts'

/** `mlflow:chat:<model>`: a scoring server, said outright and never probed (decision W10). */
export const mlflowProvider: Provider = { name: 'mlflow', probes: false, call: callScoringServer }
