import { base64Ascii, crc32Base62 } from './check-sums.ts'
import type { CredentialRule } from './credential-rule.ts'
import { hex, isNoPlaceholder, keyed, letters, setting, token, uuid } from './rule-forms.ts'

const npmTokens = 'https://docs.npmjs.com/about-access-tokens'
const jfrogTokens =
  'https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens'
const sidekiqPro = 'https://github.com/sidekiq/sidekiq/wiki/Commercial-FAQ'

/** Credentials of places from which packages and images come. */
export const packageRegistries: readonly CredentialRule[] = [
  token({
    id: 'npm-token',
    vendor: 'npm',
    keywords: ['npm_'],
    form: `npm_${letters(36)}`,
    reach: 48,
    proof: (secret) => crc32Base62(secret.slice(4, -6)) === secret.slice(-6),
    source: npmTokens,
  }),
  {
    id: 'npmrc-auth-token',
    vendor: 'npm and compatible registries',
    keywords: ['_authtoken', ':_auth', ':_password'],
    pattern: /(?::_authToken|:_auth|:_password) {0,4}= {0,4}"?(?<secret>[\w+/=-]{10,200})/dgi,
    reach: 240,
    minEntropy: 2.5,
    check: isNoPlaceholder,
    source: 'https://docs.npmjs.com/cli/configuring-npm/npmrc#auth-related-configuration',
  },
  token({
    id: 'pypi-token',
    vendor: 'PyPI',
    keywords: ['pypi-age'],
    form: 'pypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZ)[\\w-]{70,440}',
    after: null,
    source: 'https://pypi.org/help/#apitoken',
  }),
  token({
    id: 'rubygems-api-key',
    vendor: 'RubyGems',
    keywords: ['rubygems_'],
    form: `rubygems_${hex(48)}`,
    source: 'https://guides.rubygems.org/api-key-scopes/',
  }),
  token({
    id: 'nuget-api-key',
    vendor: 'NuGet',
    keywords: ['oy2'],
    form: 'oy2[a-z0-9]{43}',
    reach: 56,
    minEntropy: 3,
    source: 'https://learn.microsoft.com/en-us/nuget/nuget-org/publish-a-package',
  }),
  token({
    id: 'crates-io-token',
    vendor: 'crates.io',
    keywords: ['cio'],
    form: `cio${letters(32)}`,
    reach: 40,
    minEntropy: 3.6,
    check: (secret) => /\d/.test(secret) && /[A-Z]/.test(secret),
    source: 'https://doc.rust-lang.org/cargo/reference/publishing.html',
  }),
  token({
    id: 'docker-hub-token',
    vendor: 'Docker',
    keywords: ['dckr_pat_', 'dckr_oat_'],
    form: 'dckr_[po]at_[\\w-]{27,32}',
    source: 'https://docs.docker.com/security/access-tokens/',
  }),
  {
    id: 'docker-config-auth',
    vendor: 'Docker',
    keywords: ['"auth"'],
    pattern: /"auth"\s{0,4}:\s{0,4}"(?<secret>[A-Za-z0-9+/]{8,400}={0,2})"/dg,
    check: (secret) => /^[^:\s]{1,80}:.{3,300}$/.test(base64Ascii(secret)),
    source: 'https://docs.docker.com/reference/cli/docker/login/',
  },
  token({
    id: 'artifactory-api-key',
    vendor: 'JFrog Artifactory',
    keywords: ['akc'],
    form: `AKC${letters('64,74')}`,
    reach: 96,
    source: jfrogTokens,
  }),
  {
    id: 'artifactory-encrypted-password',
    vendor: 'JFrog Artifactory',
    keywords: ['artif', 'jfrog', 'art-api'],
    pattern:
      /(?:[Aa]rtif|[Jj][Ff]rog|[Aa]rt-[Aa]pi)[\w .:/-]{0,40}(?:=|:|\s)[ "']{0,2}(?<![A-Za-z0-9])(?<secret>(?:AKC|AP[\dABCDEF])[A-Za-z0-9]{10,80})(?![A-Za-z0-9])/dg,
    source: jfrogTokens,
  },
  token({
    id: 'artifactory-reference-token',
    vendor: 'JFrog',
    keywords: ['cmvmdgtu'],
    form: `cmVmdGtu${letters(56)}`,
    check: (secret) => base64Ascii(secret).startsWith('reftkn:'),
    source: jfrogTokens,
  }),
  keyed({
    id: 'jfrog-identity-token',
    vendor: 'JFrog',
    keywords: ['jfrog', 'artifactory', 'xray', 'bintray'],
    names: 'jfrog|artifactory|xray|bintray',
    form: `(?:${letters(73)}|${letters(40)})`,
    minEntropy: 3.6,
    source: jfrogTokens,
  }),
  token({
    id: 'clojars-deploy-token',
    vendor: 'Clojars',
    keywords: ['clojars_'],
    form: 'CLOJARS_[a-z0-9]{60}',
    source: 'https://github.com/clojars/clojars-web/wiki/Deploy-Tokens',
  }),
  {
    id: 'maven-server-password',
    vendor: 'Maven',
    keywords: ['<server>'],
    pattern: /<server>[^\0]{0,200}?<password>(?<secret>[^<\s$]{4,120})<\/password>/dg,
    check: isNoPlaceholder,
    source: 'https://maven.apache.org/settings.html#servers',
  },
  {
    id: 'nuget-config-password',
    vendor: 'NuGet',
    keywords: ['cleartextpassword'],
    pattern: /ClearTextPassword"\s{1,4}value="(?<secret>[^"%\s]{4,120})"/dgi,
    reach: 200,
    check: isNoPlaceholder,
    source:
      'https://learn.microsoft.com/en-us/nuget/reference/nuget-config-file#packagesourcecredentials',
  },
  token({
    id: 'nexus-npm-token',
    vendor: 'Sonatype Nexus',
    keywords: ['npmtoken.', 'nugetapikey.', 'dockertoken.'],
    form: `(?:NpmToken|NuGetApiKey|DockerToken)\\.${uuid}`,
    source: 'https://help.sonatype.com/en/npm-registry.html',
  }),
  keyed({
    id: 'packagecloud-token',
    vendor: 'packagecloud',
    keywords: ['packagecloud'],
    names: 'packagecloud',
    form: hex(48),
    source: 'https://packagecloud.io/docs/api',
  }),
  keyed({
    id: 'cloudsmith-api-key',
    vendor: 'Cloudsmith',
    keywords: ['cloudsmith'],
    names: 'cloudsmith',
    form: hex(40),
    source: 'https://help.cloudsmith.io/docs/api-key',
  }),
  token({
    id: 'open-vsx-token',
    vendor: 'Open VSX',
    keywords: ['ovsxat_', 'ovsxp_'],
    form: `ovsx(?:at|p)_${uuid}`,
    source: 'https://github.com/eclipse/openvsx/wiki/Publishing-Extensions',
  }),
  {
    id: 'sidekiq-url-password',
    vendor: 'Sidekiq',
    keywords: ['contribsys.com'],
    pattern:
      /https?:\/\/(?<secret>[a-f0-9]{8}:[a-f0-9]{8})@(?:gems|enterprise)\.contribsys\.com/dgi,
    reach: 80,
    source: sidekiqPro,
  },
  setting({
    id: 'sidekiq-bundle-setting',
    vendor: 'Sidekiq',
    keywords: ['contribsys__com'],
    names: 'bundle_(?:gems|enterprise)__contribsys__com',
    source: sidekiqPro,
  }),
]
