/** What a router does all day, in all serializers and with all kinds of payloads: for the soak and for test/router. */
import {
  Call,
  type Codec,
  ErrorMessage,
  EventMessage,
  FanOut,
  Invocation,
  type Message,
  Publish,
  Published,
  Result,
  type Serializer,
  Yield,
} from '../../src/index.ts'
import { PAYLOADS, serializerFor, WIRINGS } from '../support/payloads.ts'
import { createRandom } from '../support/random.ts'

/** Frames of one serializer, as its peers send them. */
interface Link {
  readonly serializer: Serializer
  readonly frames: readonly Uint8Array[]
}

/** Without what only PUBLISH has. */
const PASSED = Object.entries(PAYLOADS).flatMap(([kind, payload]) =>
  kind === 'options too' ? [] : [payload],
)

const CLASSES = [
  (payload: object) => new Publish({ request: 2 ** 40, topic: 'com.example.topic', ...payload }),
  (payload: object) => new Call({ request: 7, procedure: 'com.example.add', ...payload }),
  (payload: object) => new Yield({ request: 2 ** 33, ...payload }),
  (payload: object) =>
    new ErrorMessage({ request_type: 68, request: 1, error: 'com.example.no', ...payload }),
]

export interface Traffic {
  /** Takes one frame in and sends what follows from it; returns how many messages went out. */
  step(): number
}

/** An endless, seeded stream of traffic; payloads go out in the serializer that they came in. */
export function createTraffic(codec: Codec, seed: number): Traffic {
  const random = createRandom(seed)
  const links = WIRINGS.filter(({ options }) => options.profile !== 'autobahn').map((wiring): Link => {
    const serializer = serializerFor(codec, wiring)
    const frames = CLASSES.flatMap((make) =>
      PASSED.map((payload) => serializer.encode(make(payload)).slice()),
    )
    return { serializer, frames }
  })
  const target = new Uint8Array(64 * 1024)
  return {
    step() {
      const { serializer, frames } = random.pick(links)
      const message = serializer.decode(random.pick(frames))
      const id = random.int(1, 2 ** 53)
      if (message instanceof Publish) return publish(codec, serializer, message, id)
      send(serializer, derived(message, id), target, random.int(0, 2))
      return 1
    },
  }
}

function derived(message: Message, request: number): Message {
  if (message instanceof Call) return Invocation.from(message, { request, registration: 5, caller: 2 ** 50 })
  if (message instanceof Yield) return Result.from(message, { request })
  return ErrorMessage.from(message as ErrorMessage, { request_type: 48, request })
}

function publish(codec: Codec, serializer: Serializer, message: Publish, publication: number): number {
  const fanOut = new FanOut(codec, message, { publication, publisher: 2 ** 45, publisher_authid: 'joe' })
  serializer.encode(Published.from(message, { publication }))
  serializer.encodeParts(EventMessage.from(message, { subscription: 9, publication }))
  for (let subscription = 1; subscription < 4; subscription++) {
    fanOut.bytes(serializer, { subscription })
    fanOut.parts(serializer, { subscription, disclose: true })
  }
  return 8
}

function send(serializer: Serializer, message: Message, target: Uint8Array, way: number): void {
  if (way === 0) serializer.encode(message)
  else if (way === 1) serializer.encodeParts(message)
  else serializer.encodeInto(message, target)
}
