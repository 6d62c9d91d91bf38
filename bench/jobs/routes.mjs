/** What a router makes out of what it gets, in our classes and in lists: PUBLISH -> EVENT, CALL -> INVOCATION. */
import { OPTIONS_AT, routerIdsOf } from '../corpus/messages.mjs'
import { wamp } from '../ours.mjs'

export const ROUTES = {
  publish: { needs: 'EventMessage.from', make: publishRoute },
  call: { needs: 'Invocation.from', make: callRoute },
}

/** Options that WAMP lets go from PUBLISH to EVENT, and from CALL to INVOCATION, of those that the corpus has. */
const TO_EVENT = ['forward_for']
const TO_INVOCATION = ['receive_progress', 'transaction_hash', 'forward_for']

/** The options of the message that goes out. */
function carried(options, names) {
  const kept = {}
  for (const name of names) if (name in options) kept[name] = options[name]
  return kept
}

function publishRoute(seed) {
  const { subscription, publication } = routerIdsOf(seed)
  const ids = { subscription, publication }
  return {
    ids,
    derive: (publish) => wamp.EventMessage.from(publish, ids),
    rewrite: (list) => [36, subscription, publication, carried(list[OPTIONS_AT], TO_EVENT), ...list.slice(4)],
  }
}

function callRoute(seed) {
  const { request, registration } = routerIdsOf(seed)
  const ids = { request, registration }
  return {
    ids,
    derive: (call) => wamp.Invocation.from(call, ids),
    rewrite: (list) => [
      68,
      request,
      registration,
      carried(list[OPTIONS_AT], TO_INVOCATION),
      ...list.slice(4),
    ],
  }
}
