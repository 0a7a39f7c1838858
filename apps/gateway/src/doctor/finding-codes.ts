/** What a finding that is not `ok` means. The guide docs/guides/find-out-what-is-wrong.md explains each. */
export const problemCodes = {
  'pack-disabled': 'the configuration is switched off by `pack.enabled`',
  'no-target': 'the configuration names no model server',
  'address-refused': 'the address is link-local or a metadata service',
  'name-not-found': 'the host name does not exist',
  'name-lookup-failed': 'the name server gave no answer',
  'connection-refused': 'nothing listens at that port',
  'connect-timeout': 'no connection was accepted in time',
  'no-route': 'the network has no way there',
  'connection-broken': 'the server closed the connection without an answer',
  'certificate-untrusted': 'the certificate was made by an authority that is not known here',
  'certificate-expired': 'the certificate is outside its period',
  'certificate-other-name': 'the certificate is for another host name',
  'client-certificate': 'the server asks for a client certificate, or refuses the one it got',
  'certificate-ends': 'a certificate in a configured file has expired or soon will',
  'tls-file-invalid': 'a file that `tls` names cannot be used',
  'tls-failed': 'no TLS connection came about',
  'proxy-failed': 'the proxy of `HTTPS_PROXY` does not lead to the server',
  'proxy-invalid': 'the value of `HTTPS_PROXY` is not a proxy',
  'not-http': 'what answers does not speak HTTP',
  'no-answer': 'the server accepts connections and does not answer in time',
  unreachable: 'the server cannot be reached',
  'kind-mismatch': 'another kind of server answers than `provider` names',
  'token-missing': 'a variable with credentials is not set',
  'token-not-tried': 'the server wants a token and there is none to try',
  'token-not-fetched': 'the sign-in server gave no token',
  'token-refused': 'the server refused the credentials',
  'host-refused': 'MLflow refused the host name in `base_url`',
  'wrong-path': 'the server has no such path',
  redirected: 'the server sends calls to another address',
  'not-a-model-server': 'a web page answers, not a model',
  'server-failed': 'the server reported a failure of its own',
  'rate-limited': 'the server takes no more calls for now',
  'unexpected-answer': 'the server answered in an unforeseen way',
  'model-not-found': 'the server has no model of that name',
  'model-not-asked': 'only a call shows whether the model exists',
  'call-rejected': 'the model refuses the form of a chat request',
  'call-failed': 'the call did not succeed',
  'call-slow': 'the model did not answer in the time that doctor waits',
  'not-an-answer': 'what came back is no chat answer',
  'stream-broken': 'the stream ended without an answer',
  'folder-unusable': 'the path is not a folder',
  'permission-denied': 'this user may not write or listen there',
  'other-owner': 'the folder belongs to another user',
  'loose-permissions': 'other users of this machine can read private files',
  'network-volume': 'the data folder is on a network file system',
  'disk-low': 'less than 1 GB is free',
  'disk-full': 'less than 100 MB is free',
  'store-missing': 'there is no audit log yet',
  'store-off': 'the configuration keeps no audit log',
  'store-unreadable': 'the audit log cannot be opened',
  'clock-went-back': 'the newest event of the log lies in the future',
  'key-missing': 'a key of the audit log is missing',
  'clock-wrong': 'this clock and the clocks of the model servers differ',
  'clock-unknown': 'no server said what time it is',
  'port-in-use': 'another program listens on the port of the gateway',
  'address-unavailable': 'the address of `--listen` is not one of this machine',
  'gateway-unhealthy': 'a gateway runs here and cannot do its work',
  'node-too-old': 'Node is older than 20.19',
  'few-files': 'this process may open few files at once',
  'not-logging-back': 'no tracking server is told what was decided',
  'not-a-tracking-server': 'the callback leads to something else than a tracking server',
  'experiment-deleted': 'the experiment of the callback was deleted',
  'no-traces': 'the tracking server takes no traces',
  'not-checked': 'this check could not be made here',
} as const

/** Codes of what is as it should be; their messages say all. */
type GoodCode =
  | 'config-valid'
  | 'models-listed'
  | 'address-found'
  | 'address-proxied'
  | 'reachable'
  | 'server-found'
  | 'server-unknown'
  | 'token-set'
  | 'token-none'
  | 'path-right'
  | 'model-found'
  | 'one-model'
  | 'call-answered'
  | 'stream-answered'
  | 'stream-made'
  | 'folder-usable'
  | 'permissions-private'
  | 'disk-free'
  | 'log-readable'
  | 'keys-there'
  | 'clock-right'
  | 'port-free'
  | 'gateway-running'
  | 'node-fits'
  | 'files-enough'
  | 'tracking-server-right'
  | 'experiment-found'
  | 'experiment-will-be-made'
  | 'traces-taken'

/** A code of a finding; codes of configuration problems (E001, …) come beside these. */
export type FindingCode = keyof typeof problemCodes | GoodCode
