import type { AnchorSettings } from '@keeptrusts/core'
import type { AnchorWriter } from './anchor-writer.ts'
import { FileAnchor } from './file-anchor.ts'
import { StdoutAnchor } from './stdout-anchor.ts'
import { LocalSyslogAnchor, RemoteSyslogAnchor } from './syslog-anchor.ts'

/** Opens nothing yet: a place that is away must not hold up the start. */
export function makeAnchorWriter(anchor: AnchorSettings): AnchorWriter {
  if (anchor.type === 'stdout') return new StdoutAnchor()
  if (anchor.type === 'file') return new FileAnchor(anchor.path ?? '')
  const { address, ...message } = anchor
  return address === undefined
    ? new LocalSyslogAnchor(message)
    : new RemoteSyslogAnchor(address, message)
}
