/**
 * A network of routers for tests: a random connected graph whose links speak all serializers. Each router has nothing
 * but frames to go by; what it knows of a message's way is the chain that the message carries.
 */
import {
  Call,
  type Codec,
  ErrorMessage,
  EventMessage,
  type Hop,
  Invocation,
  ProtocolError,
  Publish,
  Result,
  type Serializer,
  Yield,
} from '../../src/index.ts'
import type { Random } from '../support/random.ts'
import { serializerOf, WIRE_FORMATS } from '../support/vectors.ts'

/** A link to a neighbour: both ends speak the same serializer. */
interface Link {
  readonly to: Router
  readonly serializer: Serializer
}

export interface Router {
  readonly hop: Hop
  readonly links: Link[]
  /** What its own clients speak. */
  readonly clients: Serializer
  /** Publications that its subscribers have had, by origin and request. */
  readonly seen: Set<string>
  readonly events: EventMessage[]
}

/** What became of a call. */
export interface Trip {
  /** Routers that the call reached, the one that refused it among them. */
  readonly there: readonly Router[]
  /** Routers that the reply came through, from the one that answered to the first. */
  readonly back: readonly Router[]
  readonly reply: Result | ErrorMessage
}

export class Network {
  readonly routers: readonly Router[]
  private readonly random: Random

  constructor(codec: Codec, random: Random, size: number) {
    this.random = random
    const serializers = [
      ...WIRE_FORMATS.map((format) => serializerOf(codec, format)),
      codec.serializer('flatbuffers'),
      codec.serializer('flatbuffers', { payloadSerializer: 'json' }),
    ]
    const sessions = new Set<number>()
    while (sessions.size < size) sessions.add(random.int(1, 2 ** 53))
    this.routers = [...sessions].map((session, i) => ({
      hop: { session, authid: random.pick([null, `router-${i}`]), authrole: 'router' },
      links: [],
      clients: random.pick(serializers),
      seen: new Set(),
      events: [],
    }))
    for (const [i, router] of this.routers.entries()) {
      // A tree first, so that all are connected; then as many links again, which close circles.
      if (i > 0) this.connect(router, this.at(random.int(0, i - 1)), random.pick(serializers))
      this.connect(router, random.pick(this.routers), random.pick(serializers))
    }
  }

  private at(i: number): Router {
    return this.routers[i] as Router
  }

  private connect(one: Router, other: Router, serializer: Serializer): void {
    if (one === other || one.links.some(({ to }) => to === other)) return
    one.links.push({ to: other, serializer })
    other.links.push({ to: one, serializer })
  }

  /** The link from one neighbour to another. */
  link(from: Router, session: number): Link {
    return from.links.find(({ to }) => to.hop.session === session) as Link
  }

  /**
   * A call that every router sends on at random, with no thought of where it has been, until a router `answers`. The
   * one that it reaches twice refuses it. The reply finds back by the chain of the call alone.
   */
  call(from: Router, args: unknown[], answers: (router: Router, hops: number) => boolean): Trip {
    const request = this.random.int(1, 2 ** 53)
    const sent = from.clients.encode(new Call({ request, procedure: 'com.example.p', args }))
    let call = from.clients.decode(sent) as Call
    const there = [from]
    for (;;) {
      const router = there.at(-1) as Router
      try {
        call.validateForwardChain(router.hop.session)
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error
        return this.reply(there, call, ErrorMessage.reply(call, 'com.example.loop'))
      }
      if (answers(router, there.length - 1)) return this.reply(there, call, this.invoke(router, call))
      const { to, serializer } = this.random.pick(router.links)
      call = serializer.decode(serializer.encode(call.forward(router.hop))) as Call
      there.push(to)
    }
  }

  /** The callee at a router answers with what it was called with. */
  private invoke(router: Router, call: Call): Result {
    const { clients } = router
    const ids = { request: this.random.int(1, 2 ** 53), registration: 1 }
    const invocation = clients.decode(clients.encode(Invocation.from(call, ids))) as Invocation
    const yield_ = new Yield({ request: invocation.request, args: invocation.args })
    return Result.from(clients.decode(clients.encode(yield_)) as Yield, { request: call.request })
  }

  /** Each router on the way back looks in the chain for the one after itself. */
  private reply(there: readonly Router[], call: Call, reply: Result | ErrorMessage): Trip {
    reply.forward_for = call.reverseChain()
    let router = there.at(-1) as Router
    let isFirst = true
    const back = [router]
    for (;;) {
      const chain = reply.forward_for as Hop[]
      // The router that answers is not in the chain: unless it has refused the call because it is.
      const own = isFirst ? -1 : chain.findIndex(({ session }) => session === router.hop.session)
      const next = chain[own + 1]
      if (next === undefined) break
      const { to, serializer } = this.link(router, next.session)
      reply = serializer.decode(serializer.encode(reply)) as Result | ErrorMessage
      back.push(to)
      router = to
      isFirst = false
    }
    const { clients } = router
    return { there, back, reply: clients.decode(clients.encode(reply)) as Result | ErrorMessage }
  }

  /**
   * A publication that every router sends on over all of its links. Returns how many frames went over links. With
   * `knows` false, routers do not remember what they have seen: the chain alone ends it.
   */
  publish(from: Router, args: unknown[], knows: boolean): number {
    const request = this.random.int(1, 2 ** 53)
    const sent = from.clients.encode(new Publish({ request, topic: 'com.example.t', args }))
    const queue: [Router, Publish][] = [[from, from.clients.decode(sent) as Publish]]
    let frames = 0
    // In the order in which frames are sent: the longest ways would come first otherwise.
    for (const [router, publish] of queue) {
      if (!isGood(publish, router.hop.session)) continue
      const name = `${publish.forwardOrigin()?.session ?? router.hop.session} ${publish.request}`
      if (knows && router.seen.has(name)) continue
      router.seen.add(name)
      this.deliver(router, publish)
      const forwarded = publish.forward(router.hop)
      for (const { to, serializer } of router.links) {
        queue.push([to, serializer.decode(serializer.encode(forwarded)) as Publish])
        frames++
      }
    }
    return frames
  }

  private deliver({ clients, events }: Router, publish: Publish): void {
    const event = EventMessage.from(publish, { subscription: 1, publication: 2 })
    events.push(clients.decode(clients.encode(event)) as EventMessage)
  }
}

function isGood(publish: Publish, session: number): boolean {
  try {
    publish.validateForwardChain(session)
    return true
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    return false
  }
}
