import type { OptionsOf } from '../policies/json-schema.ts'
import { auth, tls, variableRef } from './sign-in-schema.ts'

/** One of `callbacks`. */
export const callback = {
  type: 'object',
  additionalProperties: false,
  required: ['type', 'tracking_uri'],
  description: 'One service that gets copies of what was decided, never texts of calls.',
  properties: {
    type: {
      type: 'string',
      enum: ['mlflow'],
      description: '`mlflow`: a run with counts, and a trace of each call, in a tracking server.',
    },
    tracking_uri: {
      type: 'string',
      minLength: 1,
      maxLength: 2000,
      description: 'Address of the tracking server.',
      examples: ['http://mlflow-tracking:5000'],
    },
    experiment: {
      type: 'string',
      minLength: 1,
      maxLength: 500,
      default: 'keeptrusts',
      description: 'Experiment that runs and traces belong to; made when it is missing.',
    },
    run_name: {
      type: 'string',
      minLength: 1,
      maxLength: 250,
      default: 'governed-inference',
      description: 'Name of the runs.',
    },
    token_ref: variableRef(
      'Token of the tracking server. With neither this nor `auth`, the variables of every MLflow client count: `MLFLOW_TRACKING_USERNAME` with `MLFLOW_TRACKING_PASSWORD`, else `MLFLOW_TRACKING_TOKEN`.',
      'MLFLOW_TRACKING_TOKEN',
    ),
    auth,
    tls,
    traces: {
      type: 'boolean',
      default: true,
      description: 'Send a trace of each call beside the counts.',
    },
    flush_seconds: {
      type: 'integer',
      minimum: 1,
      maximum: 3600,
      default: 10,
      description: 'Seconds between two reports.',
    },
    rotate_hours: {
      type: 'integer',
      minimum: 1,
      maximum: 8760,
      default: 24,
      description: 'Hours after which a run is finished and the next one begins.',
    },
    queue_size: {
      type: 'integer',
      minimum: 10,
      maximum: 100_000,
      default: 5000,
      description:
        'Calls whose traces may wait for a server that is slow or away; the oldest are dropped, and counted, beyond it.',
    },
  },
} as const

/** One of `callbacks`, defaults filled in. */
export type CallbackValues = OptionsOf<typeof callback>
