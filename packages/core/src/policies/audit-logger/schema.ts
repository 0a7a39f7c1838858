/** Options of `audit-logger`. */
export const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    immutable: {
      type: 'boolean',
      default: true,
      description:
        'Nobody can delete a record before its retention is over. `false`: `kt events retention prune` may, for records written from then on. Records are never changed either way.',
    },
    retention_days: {
      type: 'integer',
      minimum: 1,
      maximum: 36500,
      default: 365,
      description:
        'How many days a record is kept at least; older ones are deleted, in blocks of 1024. A lower value holds for records written from then on.',
    },
    hipaa_audit_controls: {
      type: 'boolean',
      default: false,
      description:
        'A label for reports. It changes nothing by itself: keep records for 2190 days with `retention_days`.',
    },
    log_all_access: {
      type: 'boolean',
      default: true,
      description:
        'Record every call, durably before it goes on. With `false` only calls that were not plainly allowed.',
    },
  },
} as const
