import { base64Bytes } from './check-sums.ts'
import type { CredentialRule } from './credential-rule.ts'
import { hex, keyed, letters, token } from './rule-forms.ts'

const identifiableKeys = 'https://github.com/microsoft/security-utilities/blob/main/docs/Cask.md'

/** Credentials of Microsoft Azure. */
export const azure: readonly CredentialRule[] = [
  keyed({
    id: 'azure-storage-account-key',
    vendor: 'Microsoft Azure',
    keywords: ['accountkey', 'account_key', 'account-key', 'storage', 'azure'],
    names: 'account[_ -]?key|storage|azure',
    form: '[A-Za-z0-9+/]{86}==',
    minEntropy: 4,
    check: (secret) => base64Bytes(secret)?.length === 64,
    source: 'https://learn.microsoft.com/en-us/azure/storage/common/storage-account-keys-manage',
  }),
  keyed({
    id: 'azure-cosmos-db-key',
    vendor: 'Microsoft Azure',
    keywords: ['cosmos', 'documents.azure.com'],
    names: 'cosmos|documents\\.azure\\.com(?::443)?/?;',
    form: '[A-Za-z0-9+/]{86}==',
    minEntropy: 4,
    check: (secret) => base64Bytes(secret)?.length === 64,
    source: 'https://learn.microsoft.com/en-us/azure/cosmos-db/secure-access-to-data',
  }),
  token({
    id: 'azure-client-secret',
    vendor: 'Microsoft Entra ID',
    keywords: ['0q~', '1q~', '2q~', '3q~', '4q~', '5q~', '6q~', '7q~', '8q~', '9q~'],
    form: '[A-Za-z0-9_~.]{3}\\dQ~[A-Za-z0-9_~.-]{31,34}',
    after: '[A-Za-z0-9_~-]',
    minEntropy: 3.4,
    source: 'https://learn.microsoft.com/en-us/entra/identity-platform/how-to-add-credentials',
  }),
  token({
    id: 'azure-shared-access-signature',
    vendor: 'Microsoft Azure',
    keywords: ['sig='],
    form: 'sig=[A-Za-z0-9%+/]{42,80}(?:%3[Dd]|=)',
    reach: 120,
    minEntropy: 3.6,
    source: 'https://learn.microsoft.com/en-us/azure/storage/common/storage-sas-overview',
  }),
  token({
    id: 'azure-function-key',
    vendor: 'Microsoft Azure',
    keywords: ['azfu'],
    form: '[\\w-]{44}AzFu[\\w-]{5}[AQgw]==',
    source: identifiableKeys,
  }),
  token({
    id: 'azure-search-key',
    vendor: 'Microsoft Azure',
    keywords: ['azse'],
    form: `${letters(42)}AzSe[A-D]${letters(5)}`,
    source: identifiableKeys,
  }),
  token({
    id: 'azure-cache-key',
    vendor: 'Microsoft Azure',
    keywords: ['azca'],
    form: `${letters(33)}AzCa[A-P]${letters(5)}=`,
    source: identifiableKeys,
  }),
  token({
    id: 'azure-messaging-key',
    vendor: 'Microsoft Azure',
    keywords: ['+aeh', '+asb', '+arm', 'aiot'],
    form: '[A-Za-z0-9+/]{33}(?:\\+AEh|\\+ASb|\\+ARm|AIoT)[A-P][A-Za-z0-9+/]{5}=',
    source: identifiableKeys,
  }),
  token({
    id: 'azure-container-registry-key',
    vendor: 'Microsoft Azure',
    keywords: ['+acr'],
    form: '[A-Za-z0-9+/]{42}\\+ACR[A-D][A-Za-z0-9+/]{5}',
    source: identifiableKeys,
  }),
  token({
    id: 'azure-common-annotated-key',
    vendor: 'Microsoft Azure',
    keywords: ['jqqj99'],
    form: `${letters(52)}JQQJ9${letters('27,31')}={0,2}`,
    source: identifiableKeys,
  }),
  keyed({
    id: 'azure-shared-access-key',
    vendor: 'Microsoft Azure',
    keywords: ['sharedaccesskey', 'azconfig.io'],
    names: 'sharedaccesskey|azconfig\\.io;id=[\\w+/:=-]{4,60};secret',
    form: '[A-Za-z0-9+/]{43}=',
    minEntropy: 4,
    source: 'https://learn.microsoft.com/en-us/azure/service-bus-messaging/service-bus-sas',
  }),
  keyed({
    id: 'azure-openai-key',
    vendor: 'Microsoft Azure',
    keywords: ['azure', 'cognitive', 'ocp-apim'],
    names:
      'azure[_ -]?(?:openai|ai|cognitive|speech|translator|search|maps)|cognitive|ocp-apim-subscription-key',
    form: hex(32),
    source: 'https://learn.microsoft.com/en-us/azure/ai-services/authentication',
  }),
]
