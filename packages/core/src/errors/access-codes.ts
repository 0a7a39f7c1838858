import type { ErrorEntry } from './error-entry.ts'

/** What can go wrong with operators, their sessions, and the keys and tokens that they make. */
export const accessCodes = {
  'operator-unknown': {
    title: 'There is no such operator',
    fix: 'List them with kt auth operator list.',
    exit: 2,
  },
  'last-admin': {
    title: 'Nobody could administer the gateway any more',
    fix: 'Make somebody else an admin first.',
    exit: 1,
  },
  'bad-key': {
    title: 'A gateway key cannot be made like this',
    fix: 'Change what the message names.',
    exit: 2,
  },
  'bad-token': {
    title: 'An API token cannot be made like this',
    fix: 'Change what the message names.',
    exit: 2,
  },
  'access-denied': {
    title: 'The role or the scopes of the token do not allow this',
    fix: 'Ask an admin of the gateway for the role, or make a token with the scope that the message names.',
    exit: 1,
  },
  'cross-site-request': {
    title: 'A web page of another site asked',
    fix: 'Use kt or another program: web pages of other sites get no answer.',
    exit: 1,
  },
  'operator-exists': {
    title: 'There is an operator with this e-mail already',
    fix: 'Sign in with kt auth login, or use another e-mail.',
    exit: 1,
  },
  'not-logged-in': {
    title: 'Nobody is signed in',
    fix: 'Run kt auth login.',
    exit: 1,
  },
  'session-expired': {
    title: 'The session has ended',
    fix: 'Run kt auth login again.',
    exit: 1,
  },
  'wrong-password': {
    title: 'E-mail and password do not match',
    fix: 'Check both and try again.',
    exit: 1,
  },
  'oidc-not-configured': {
    title: 'The gateway has no OpenID provider',
    fix: 'Sign in with a password, or ask an admin to configure access.oidc: docs/guides/sign-in-with-openid-connect.md.',
    exit: 1,
  },
  'oidc-token-refused': {
    title: 'The ID token proves nothing to this gateway',
    fix: 'Sign in again; the event auth.failed in the log of the gateway says what is wrong with the token.',
    exit: 1,
  },
  'oidc-not-admitted': {
    title: 'The OpenID provider knows this person, and the gateway does not let them in',
    fix: 'Ask an admin of the gateway what the message names: a role by access.oidc.role_map, or a verified e-mail address.',
    exit: 1,
  },
  'provider-unreachable': {
    title: 'The OpenID provider cannot be reached from this machine',
    fix: 'Check the network, and with a certificate of your own authority NODE_EXTRA_CA_CERTS.',
    exit: 1,
  },
  'provider-invalid': {
    title: 'The OpenID provider does not answer as one should',
    fix: 'Ask an admin of the gateway to check access.oidc.issuer.',
    exit: 1,
  },
  'provider-refused': {
    title: 'The OpenID provider refuses the client of the gateway',
    fix: 'Ask an admin: the client must be registered at the provider as a public client that may use the device flow.',
    exit: 1,
  },
  'device-flow-missing': {
    title: 'The OpenID provider has no device flow',
    fix: 'Ask an admin to enable the device authorization grant at the provider, or sign in with a password.',
    exit: 1,
  },
  'sign-in-denied': {
    title: 'The sign-in was denied at the provider',
    fix: 'Run kt auth login --oidc again, and approve it in the browser.',
    exit: 1,
  },
  'sign-in-expired': {
    title: 'The code was not entered in time',
    fix: 'Run kt auth login --oidc again, and enter the new code before its time is over.',
    exit: 1,
  },
  'weak-password': {
    title: 'The password is too short',
    fix: 'Use at least 12 characters.',
    exit: 2,
  },
  'bad-email': {
    title: 'Not an e-mail address',
    fix: 'Write it as name@example.com.',
    exit: 2,
  },
  'too-many-attempts': {
    title: 'Too many wrong passwords',
    fix: 'Wait for the time that the message gives.',
    exit: 1,
  },
} as const satisfies Record<string, ErrorEntry>
