import type { AnchorSettings } from '@keeptrusts/core'
import type { AnchorStatus } from './anchor-status.ts'
import { FileAnchor } from './file-anchor.ts'
import { StdoutAnchor } from './stdout-anchor.ts'
import { LocalSyslogAnchor, RemoteSyslogAnchor } from './syslog-anchor.ts'

/** One place that anchors are written to. */
export interface AnchorWriter extends Pick<AnchorStatus, 'type' | 'where'> {
  /** Writes a line; resolves when it is as safe as the place can tell. Called for one line at a time. Rejects with the reason. */
  write(line: string): Promise<void>
  /** Gives back what it holds, without waiting for a line that hangs. */
  close(): void
}

/** Opens nothing yet: a place that is away must not hold up the start. */
export function anchorWriter(anchor: AnchorSettings): AnchorWriter {
  if (anchor.type === 'stdout') return new StdoutAnchor()
  if (anchor.type === 'file') return new FileAnchor(anchor.path ?? '')
  const { address, ...message } = anchor
  return address === undefined
    ? new LocalSyslogAnchor(message)
    : new RemoteSyslogAnchor(address, message)
}
