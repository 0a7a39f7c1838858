import * as Flags from '@oclif/core/flags'

/** `--data-dir`: where the log and the access store lie. */
export const dataDirFlag = Flags.string({
  description: 'Data folder of the gateway; default $KEEPTRUSTS_DATA_DIR, or the one of your user.',
  helpValue: '<folder>',
})
