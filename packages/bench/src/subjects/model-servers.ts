import { fileURLToPath } from 'node:url'
import { startAndWait } from '../processes.ts'
import type { Subject } from './subject.ts'

const upstreamFile = fileURLToPath(new URL('../upstream.js', import.meta.url))
const trackingFile = fileURLToPath(new URL('../tracking.js', import.meta.url))

/** The model server alone. */
export function startUpstream(): Promise<Subject> {
  return startServer('direct', [upstreamFile])
}

/** The model server as `mlflow models serve` would be, on a free port unless told otherwise. */
export function startScoring(port = 0): Promise<Subject> {
  return startServer('scoring', [upstreamFile, 'scoring', `${port}`])
}

/** A tracking server that takes everything. */
export function startTracking(): Promise<Subject> {
  return startServer('tracking', [trackingFile])
}

/** Starts one of our servers: the first thing that it prints is its port. */
async function startServer(name: string, args: readonly string[]): Promise<Subject> {
  const { child, match } = await startAndWait([process.execPath, ...args], /^(\d+)\n/m)
  return { name, port: Number(match[1]), child }
}
