import * as Flags from '@oclif/core/flags'

/** `--plugin`: modules with policies, classifiers and recognisers of one's own. */
export const pluginFlag = Flags.string({
  description:
    'JavaScript module that adds policies, classifiers or recognisers; may be given several times. It runs with the rights of this command.',
  multiple: true,
  multipleNonGreedy: true,
  helpValue: '<path>',
})
