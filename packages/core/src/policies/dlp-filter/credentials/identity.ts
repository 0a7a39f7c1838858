import { base64Ascii } from './check-sums.ts'
import type { CredentialRule } from './credential-rule.ts'
import { hex, isNoPlaceholder, keyed, letters, token, uuid } from './rule-forms.ts'

const basicAuthentication = 'https://datatracker.ietf.org/doc/html/rfc7617'
/** Begins the payload (subject 1234567890) of the example that jwt.io shows, which documents and questions repeat. */
const exampleJwtPayload = '.eyJzdWIiOiIxMjM0NTY3ODkw'

const curlManual = 'https://curl.se/docs/manpage.html#-u'

/** Credentials of people and programs that no one vendor defines, and of those who vouch for them. */
export const identity: readonly CredentialRule[] = [
  token({
    id: 'json-web-token',
    vendor: 'RFC 7519',
    keywords: ['eyj'],
    form: 'eyJ[A-Za-z0-9_-]{10,140}\\.eyJ[A-Za-z0-9_-]{10,250}(?:\\.[A-Za-z0-9_-]{0,100})?',
    after: null,
    check: (secret) =>
      isJwtHeader(secret.slice(0, secret.indexOf('.'))) && !secret.includes(exampleJwtPayload),
    source: 'https://datatracker.ietf.org/doc/html/rfc7519',
  }),
  {
    id: 'http-url-password',
    vendor: 'RFC 3986',
    keywords: ['http://', 'https://'],
    holds: '@',
    pattern: /https?:\/\/[^\s:@/'"<>?#]{1,80}:(?<secret>[^\s@/'"<>{}$?#]{3,128})@[a-z0-9]/dgi,
    reach: 240,
    check: isNoPlaceholder,
    source: 'https://datatracker.ietf.org/doc/html/rfc3986#section-3.2.1',
  },
  {
    id: 'http-basic-credentials',
    vendor: 'RFC 7617',
    keywords: ['basic '],
    pattern:
      /authorization['"]{0,2}\s{0,2}[:=,]\s{0,2}['"]{0,2}Basic (?<secret>[A-Za-z0-9+/]{8,300}={0,2})/dgi,
    check: (secret) => /^[^:\s]{0,120}:.{1,200}$/.test(base64Ascii(secret)),
    source: basicAuthentication,
  },
  {
    id: 'http-bearer-token',
    vendor: 'RFC 6750',
    keywords: ['authorization'],
    pattern:
      /authorization['"]{0,2}\s{0,2}[:=,]\s{0,2}['"]{0,2}(?:Bearer |Token |ApiKey |Api-Key |SSWS |Splunk )?(?<secret>[\w.~+/-]{20,400}={0,2})(?![\w.~+/-])/dgi,
    minEntropy: 3,
    check: (secret) => /\d/.test(secret),
    source: 'https://datatracker.ietf.org/doc/html/rfc6750',
  },
  {
    id: 'curl-user-password',
    vendor: 'curl',
    keywords: ['curl'],
    pattern:
      /curl\b[^\n]{0,160}? (?:-u|--user)[ =]{0,2}['"]?[^\s:'"$<]{1,80}:(?<secret>[^\s'"$<>{}]{4,120})/dg,
    check: isNoPlaceholder,
    source: curlManual,
  },
  keyed({
    id: 'okta-api-token',
    vendor: 'Okta',
    keywords: ['okta', 'ssws'],
    names: 'okta|ssws',
    form: '00[\\w-]{40}',
    minEntropy: 3.6,
    source: 'https://developer.okta.com/docs/guides/create-an-api-token/main/',
  }),
  keyed({
    id: 'auth0-client-secret',
    vendor: 'Auth0',
    keywords: ['auth0'],
    names: 'auth0',
    form: '[\\w-]{64}',
    minEntropy: 4,
    source: 'https://auth0.com/docs/get-started/applications/application-settings',
  }),
  keyed({
    id: 'onelogin-client-secret',
    vendor: 'OneLogin',
    keywords: ['onelogin'],
    names: 'onelogin',
    form: hex(64),
    source:
      'https://developers.onelogin.com/api-docs/2/getting-started/working-with-api-credentials',
  }),
  token({
    id: 'jumpcloud-api-key',
    vendor: 'JumpCloud',
    keywords: ['jca_'],
    form: `jca_${letters(36)}`,
    source: 'https://jumpcloud.com/support/jumpcloud-apis1',
  }),
  keyed({
    id: 'jumpcloud-legacy-api-key',
    vendor: 'JumpCloud',
    keywords: ['jumpcloud'],
    names: 'jumpcloud',
    form: letters(40),
    minEntropy: 3.6,
    source: 'https://jumpcloud.com/support/jumpcloud-apis1',
  }),
  token({
    id: 'stytch-secret',
    vendor: 'Stytch',
    keywords: ['secret-live-', 'secret-test-'],
    form: 'secret-(?:live|test)-[\\w-]{35}=',
    source: 'https://stytch.com/docs/api/authentication',
  }),
  token({
    id: 'one-password-service-account-token',
    vendor: '1Password',
    keywords: ['ops_eyj'],
    form: 'ops_eyJ[A-Za-z0-9+/_-]{240,490}={0,3}',
    after: null,
    minEntropy: 4,
    source: 'https://developer.1password.com/docs/service-accounts/',
  }),
  token({
    id: 'one-password-secret-key',
    vendor: '1Password',
    keywords: ['a3-'],
    form: 'A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}',
    reach: 56,
    minEntropy: 3.4,
    source: 'https://support.1password.com/secret-key-security/',
  }),
  keyed({
    id: 'bitwarden-access-token',
    vendor: 'Bitwarden',
    keywords: ['bitwarden', 'bws_', 'access_token'],
    names: 'bitwarden|bws_|access_token',
    form: `0\\.${uuid}\\.${letters(30)}:[A-Za-z0-9+/]{22}==`,
    source: 'https://bitwarden.com/help/access-tokens/',
  }),
  token({
    id: 'openshift-token',
    vendor: 'Red Hat OpenShift',
    keywords: ['sha256~'],
    form: 'sha256~[\\w-]{43}',
    source:
      'https://docs.openshift.com/container-platform/latest/authentication/managing-oauth-access-tokens.html',
  }),
]

function isJwtHeader(text: string): boolean {
  try {
    const header: unknown = JSON.parse(base64Ascii(text))
    return typeof header === 'object' && header !== null && ('alg' in header || 'enc' in header)
  } catch {
    return false
  }
}
