import { base64Bytes, isBech32 } from './check-sums.ts'
import type { CredentialRule } from './credential-rule.ts'
import { token } from './rule-forms.ts'

/** Keys with which something is signed, decrypted or logged in to. */
export const privateKeys: readonly CredentialRule[] = [
  {
    id: 'pem-private-key',
    vendor: 'RFC 7468, OpenSSH, OpenPGP',
    keywords: ['private key'],
    pattern:
      /-----BEGIN (?<kind>[A-Z0-9 ]{0,24})PRIVATE KEY(?: BLOCK)?-----(?<secret>[\\\sA-Za-z0-9+/=]{24,420})/dg,
    source: 'https://datatracker.ietf.org/doc/html/rfc7468#section-10',
  },
  {
    id: 'pem-encrypted-or-armored-private-key',
    vendor: 'RFC 1421, OpenPGP',
    keywords: ['private key'],
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,24}PRIVATE KEY(?: BLOCK)?-----\s{1,4}(?:Proc-Type|DEK-Info|Version|Comment|Charset|Hash)(?<secret>[^-\0]{60,400})/dg,
    source: 'https://datatracker.ietf.org/doc/html/rfc4880#section-6.2',
  },
  {
    id: 'base64-pem-private-key',
    vendor: 'Kubernetes and others',
    keywords: ['ls0tls1crudjti'],
    pattern:
      /(?<![A-Za-z0-9+/])(?<secret>LS0tLS1CRUdJTi(?:BQUklWQVRFIEtFWS|BSU0EgUFJJVkFURSBLRVkt|BFQyBQUklWQVRFIEtFWS|BPUEVOU1NIIFBSSVZBVEUgS0VZ|BFTkNSWVBURUQgUFJJVkFURSBLRVkt)[A-Za-z0-9+/]{40,440})/dg,
    goesOn: 'base64',
    source: 'https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/',
  },
  {
    id: 'putty-private-key',
    vendor: 'PuTTY',
    keywords: ['putty-user-key-file-'],
    pattern: /PuTTY-User-Key-File-[23]:(?<secret>[^\0]{120,480})/dg,
    goesOn: 'putty',
    source: 'https://the.earth.li/~sgtatham/putty/latest/htmldoc/AppendixC.html',
  },
  token({
    id: 'age-secret-key',
    vendor: 'age',
    keywords: ['age-secret-key-1'],
    form: 'AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}',
    check: isBech32,
    source: 'https://age-encryption.org/v1',
  }),
  {
    id: 'wireguard-private-key',
    vendor: 'WireGuard',
    keywords: ['privatekey', 'presharedkey', 'private_key'],
    pattern:
      /(?:PrivateKey|PresharedKey|wireguard_private_key) {0,2}= {0,2}"?(?<secret>[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)/dgi,
    reach: 80,
    check: (secret) => base64Bytes(secret)?.length === 32,
    source: 'https://www.wireguard.com/quickstart/',
  },
  {
    id: 'json-web-key-private-part',
    vendor: 'RFC 7517',
    keywords: ['"kty"'],
    pattern: /"kty"[^{}]{1,300}?"d"\s{0,2}:\s{0,2}"(?<secret>[\w-]{42,172})/dg,
    source: 'https://datatracker.ietf.org/doc/html/rfc7517#section-9.3',
  },
  {
    id: 'json-web-key-private-part-first',
    vendor: 'RFC 7517',
    keywords: ['"kty"'],
    pattern: /"d"\s{0,2}:\s{0,2}"(?<secret>[\w-]{42,342})"[^{}]{1,80}?"kty"\s{0,2}:/dg,
    source: 'https://datatracker.ietf.org/doc/html/rfc7517#section-9.3',
  },
]
