export { AccessError } from './access-error.ts'
export type {
  AccessStore,
  AccessStoreOptions,
  Authenticated,
  Credentials,
  SignedIn,
} from './access-store.ts'
export { accessDatabasePath, openAccessStore } from './access-store.ts'
export type { ApiToken } from './api-tokens.ts'
export type { GatewayKey, GatewayKeyInput, KeyProblem } from './gateway-keys.ts'
export type { ExternalIdentity, Operator } from './operators.ts'
export { passwordProblem } from './password-rules.ts'
export type { Permission, Role } from './permissions.ts'
export { permissions, permissionsOf, roles } from './permissions.ts'
export type { Session } from './sessions.ts'
export { shownKey, shownToken } from './shown.ts'
