import { crc32Base36, crc32Base62 } from './check-sums.ts'
import type { CredentialRule } from './credential-rule.ts'
import { hex, keyed, letters, token } from './rule-forms.ts'

const gitlabTokens = 'https://docs.gitlab.com/security/tokens/'

/** Credentials of services that keep source code. */
export const sourceControl: readonly CredentialRule[] = [
  token({
    id: 'github-token',
    vendor: 'GitHub',
    keywords: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    form: `gh[pousr]_${letters(36)}`,
    proof: (secret) => crc32Base62(secret.slice(4, -6)) === secret.slice(-6),
    source:
      'https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/',
  }),
  token({
    id: 'github-refresh-token',
    vendor: 'GitHub',
    keywords: ['ghr_'],
    form: `ghr_${letters(76)}`,
    source:
      'https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens',
  }),
  token({
    id: 'github-fine-grained-token',
    vendor: 'GitHub',
    keywords: ['github_pat_'],
    form: `github_pat_${letters(22)}_${letters(59)}`,
    source:
      'https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github',
  }),
  token({
    id: 'gitlab-token',
    vendor: 'GitLab',
    keywords: ['glpat-', 'gldt-', 'glrt-', 'glrtr-', 'glft-', 'glimt-', 'glsoat-', 'glffct-'],
    form: 'gl(?:(?:pat|dt|rtr?|ft|soat|ffct)-[\\w-]{20,60}|imt-[\\w-]{25})',
    after: '(?:[\\w-]|\\.[0-9a-z]{2}\\.)',
    minEntropy: 2.8,
    source: gitlabTokens,
  }),
  token({
    id: 'gitlab-routable-token',
    vendor: 'GitLab',
    keywords: ['glpat-', 'glrt-', 'gldt-', 'glcbt-', 'glptt-', 'glft-', 'glsoat-'],
    form: 'gl(?:pat|rt|dt|cbt|ptt|ft|soat)-[\\w-]{27,300}\\.[0-9a-z]{2}\\.[0-9a-z]{2}[0-9a-z]{7}',
    proof: (secret) => crc32Base36(secret.slice(0, -7)) === secret.slice(-7),
    source:
      'https://handbook.gitlab.com/handbook/engineering/architecture/design-documents/cells/routable_tokens/',
  }),
  token({
    id: 'gitlab-ci-job-token',
    vendor: 'GitLab',
    keywords: ['glcbt-'],
    form: 'glcbt-(?:[0-9a-zA-Z]{1,5}_)?[\\w-]{20}',
    source: gitlabTokens,
  }),
  token({
    id: 'gitlab-pipeline-trigger-token',
    vendor: 'GitLab',
    keywords: ['glptt-'],
    form: 'glptt-[\\w-]{40}',
    source: gitlabTokens,
  }),
  token({
    id: 'gitlab-agent-token',
    vendor: 'GitLab',
    keywords: ['glagent-'],
    form: 'glagent-[\\w-]{50,100}',
    source: gitlabTokens,
  }),
  token({
    id: 'gitlab-oauth-application-secret',
    vendor: 'GitLab',
    keywords: ['gloas-'],
    form: 'gloas-[\\w-]{64}',
    source: gitlabTokens,
  }),
  token({
    id: 'gitlab-runner-registration-token',
    vendor: 'GitLab',
    keywords: ['gr1348941'],
    form: 'GR1348941[\\w-]{20,60}',
    source: gitlabTokens,
  }),
  keyed({
    id: 'gitlab-session-cookie',
    vendor: 'GitLab',
    keywords: ['_gitlab_session'],
    names: '_gitlab_session',
    form: hex(32),
    source: 'https://docs.gitlab.com/user/profile/',
  }),
  token({
    id: 'bitbucket-app-password',
    vendor: 'Atlassian Bitbucket',
    keywords: ['atbb'],
    form: `ATBB${letters(24)}[A-F0-9]{8}`,
    source: 'https://support.atlassian.com/bitbucket-cloud/docs/app-passwords/',
  }),
  token({
    id: 'atlassian-api-token',
    vendor: 'Atlassian',
    keywords: ['atatt3', 'atctt3'],
    form: 'AT[AC]TT3[\\w=-]{100,250}=[A-F0-9]{8}',
    source:
      'https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/',
  }),
  keyed({
    id: 'bitbucket-oauth-secret',
    vendor: 'Atlassian Bitbucket',
    keywords: ['bitbucket'],
    names: 'bitbucket',
    form: letters(32),
    minEntropy: 3.6,
    source: 'https://support.atlassian.com/bitbucket-cloud/docs/use-oauth-on-bitbucket-cloud/',
  }),
  token({
    id: 'sourcegraph-access-token',
    vendor: 'Sourcegraph',
    keywords: ['sgp_'],
    form: 'sgp_(?:[a-fA-F0-9]{16}_|local_)?[a-fA-F0-9]{40}',
    source: 'https://sourcegraph.com/docs/cli/how-tos/creating-an-access-token',
  }),
  keyed({
    id: 'sourcegraph-legacy-token',
    vendor: 'Sourcegraph',
    keywords: ['sourcegraph'],
    names: 'sourcegraph',
    form: hex(40),
    source: 'https://sourcegraph.com/docs/cli/how-tos/creating-an-access-token',
  }),
  token({
    id: 'sourcegraph-license-key-token',
    vendor: 'Sourcegraph',
    keywords: ['slk_'],
    form: `slk_${hex(64)}`,
    source: 'https://sourcegraph.com/docs/cody/core-concepts/cody-gateway',
  }),
  keyed({
    id: 'gitea-token',
    vendor: 'Gitea, Forgejo',
    keywords: ['gitea', 'forgejo'],
    names: 'gitea|forgejo',
    form: hex(40),
    source: 'https://docs.gitea.com/development/api-usage',
  }),
  token({
    id: 'azure-devops-token',
    vendor: 'Microsoft Azure DevOps',
    keywords: ['azdo'],
    form: `${letters(76)}AZDO${letters(4)}`,
    source:
      'https://learn.microsoft.com/en-us/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate',
  }),
  keyed({
    id: 'azure-devops-legacy-token',
    vendor: 'Microsoft Azure DevOps',
    keywords: ['azure', 'devops', 'ado_', 'vsts', 'dev.azure'],
    names: 'azure|devops|ado_|vsts',
    form: '[a-z2-7]{52}',
    minEntropy: 3.5,
    source:
      'https://learn.microsoft.com/en-us/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate',
  }),
]
