import type { Script } from '../upstreams/fake-upstream.ts'

/** A script for calls only: probes (GET) get their usual answer, so that the kind of server is still found out. */
export function onPosts(script: Script): Script {
  return (request, response, next) =>
    request.method === 'POST' ? script(request, response, next) : next()
}

/** A script for the first `count` calls; later ones get their usual answer. */
export function firstPosts(count: number, script: Script): Script {
  let left = count
  return onPosts((request, response, next) => {
    if (left === 0) return next()
    left--
    return script(request, response, next)
  })
}
