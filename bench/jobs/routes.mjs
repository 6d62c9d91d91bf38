/** What a router makes out of what it gets, in our classes and in lists: PUBLISH -> EVENT, CALL -> INVOCATION. */
import { routerIdsOf } from '../corpus/messages.mjs'
import { wamp } from '../ours.mjs'

export const ROUTES = {
  publish: { needs: 'EventMessage.from', make: publishRoute },
  call: { needs: 'Invocation.from', make: callRoute },
}

function publishRoute(seed) {
  const { subscription, publication } = routerIdsOf(seed)
  const ids = { subscription, publication }
  return {
    ids,
    derive: (publish) => wamp.EventMessage.from(publish, ids),
    rewrite: (list) => [36, subscription, publication, {}, ...list.slice(4)],
  }
}

function callRoute(seed) {
  const { request, registration } = routerIdsOf(seed)
  const ids = { request, registration }
  return {
    ids,
    derive: (call) => wamp.Invocation.from(call, ids),
    rewrite: (list) => [68, request, registration, {}, ...list.slice(4)],
  }
}
