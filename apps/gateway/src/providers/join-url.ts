/**
 * Where an OpenAI-style call goes: the client's path without `/v1` behind the base; a base with an empty path
 * gets the whole path. `('http://h:5000/v1', '/v1/models')` → `http://h:5000/v1/models`.
 */
export function joinUrl(base: string, clientPath: string): URL {
  const url = new URL(base)
  const root = url.pathname.replace(/\/+$/, '')
  url.pathname = root === '' ? clientPath : root + clientPath.replace(/^\/v1(?=\/)/, '')
  return url
}

/** Where an adapter calls its own path: behind the base without a trailing `/v1` (decision W10). */
export function adapterUrl(base: string, path: string): URL {
  const url = new URL(base)
  url.pathname = url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '') + path
  return url
}
