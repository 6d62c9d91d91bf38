/** A lane of the bench: the example router with our codec or the rivals in its place, and clients without sockets. */
import { register } from 'node:module'
import { ENCODE } from '../corpus/frames.mjs'

register('./hooks.mjs', import.meta.url)

export const LANES = ['wamp-codec', 'rivals']
const REALM = 'bench'

/** Loads the router once more, with the codec of the lane. */
export async function routerOf(lane) {
  const { Router } = await import(`../../examples/router/router.mjs${lane === 'rivals' ? '?rival' : ''}`)
  return new Router({ realms: { [REALM]: {} }, observe: (what, _, error) => fail(what, error) })
}

function fail(what, error) {
  throw new Error(`the router: ${what}`, { cause: error })
}

/** The router's end of a connection: frames go in, and what comes out is counted, or kept. */
export class Peer {
  transport = 'memory'
  isOpen = true
  bufferedAmount = 0
  frames = 0
  bytes = 0
  /** Takes the frames while somebody wants to see them. */
  kept = null
  onmessage = null

  constructor(router, id) {
    this.id = id
    this.serializer = router.codec.serializer(id)
    router.attach(this)
    this.receive(ENCODE[id]([1, REALM, { roles: { publisher: {}, subscriber: {}, caller: {}, callee: {} } }]))
  }

  /** A frame of the client, in its serializer. */
  receive(frame) {
    this.onmessage(this.serializer.decode(frame))
  }

  sendParts([frame]) {
    this.frames++
    this.bytes += frame.length
    this.kept?.push(frame)
  }

  send(message) {
    this.sendParts([this.serializer.encode(message)])
  }

  close() {}
}
