import * as Flags from '@oclif/core/flags'

/** The flag that names configurations; `aliases` are its other spellings. */
export function policyConfigFlag(aliases: string[] = []) {
  return Flags.string({
    description:
      'Configuration; several are layered, later ones over earlier ones. Default: policy-config.yaml here.',
    aliases,
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '<path>',
  })
}
