/** Options of `audit-logger`. */
export const schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    immutable: {
      type: 'boolean',
      default: true,
      description:
        'Records are never changed. `false` has no effect in this version: they are not changed either way.',
    },
    retention_days: {
      type: 'integer',
      minimum: 1,
      maximum: 36500,
      default: 365,
      description:
        'How many days a record is kept at least. Deleting older ones is not in this version.',
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
