/** Facilities of RFC 5424 §6.2.1 that are not the system's own, by the names that `logger` and syslog daemons know. */
export const syslogFacilities = [
  'auth',
  'authpriv',
  'daemon',
  'user',
  'local0',
  'local1',
  'local2',
  'local3',
  'local4',
  'local5',
  'local6',
  'local7',
] as const

/** One of `audit_store.anchors`. */
export const anchor = {
  type: 'object',
  additionalProperties: false,
  required: ['type'],
  description: 'One place outside of the log that its newest checkpoint is written to.',
  properties: {
    type: {
      type: 'string',
      enum: ['file', 'syslog', 'stdout'],
      description:
        '`file`: a line at the end of a file; `syslog`: a message to a syslog server, or to the syslog of this machine; `stdout`: a line on the standard output of the gateway.',
    },
    path: {
      type: 'string',
      minLength: 1,
      maxLength: 4000,
      description:
        '`file`: the file; its folder must exist. It is only ever appended to. Relative to the working directory.',
      examples: ['/mnt/worm/keeptrusts-anchors.jsonl'],
    },
    address: {
      type: 'string',
      pattern: '^(udp|tcp)://([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:]+\\])(:[0-9]{1,5})?$',
      maxLength: 300,
      description:
        '`syslog`: the server, `udp://host:514` or `tcp://host:601`; the syslog of this machine when absent.',
      examples: ['udp://logs.example.com:514'],
    },
    facility: {
      type: 'string',
      enum: syslogFacilities,
      description: '`syslog`: the facility of the messages; `authpriv` when absent.',
    },
    tag: {
      type: 'string',
      pattern: '^[A-Za-z0-9._-]{1,48}$',
      description: '`syslog`: the name of the sender; `keeptrusts` when absent.',
    },
  },
} as const
