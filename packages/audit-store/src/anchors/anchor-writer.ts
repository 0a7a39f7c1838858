import type { AnchorStatus } from './anchor-status.ts'

/** One place that anchors are written to. */
export interface AnchorWriter extends Pick<AnchorStatus, 'type' | 'where'> {
  /** Writes a line; resolves when it is as safe as the place can tell. Called for one line at a time. Rejects with the reason. */
  write(line: string): Promise<void>
  /** Gives back what it holds, without waiting for a line that hangs. */
  close(): void
}
