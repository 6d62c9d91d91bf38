/** Attributes that WAMP does not define, chains of routers, and classes of the application with the mixins. */
import {
  type AnyMessage,
  Call,
  createCodec,
  type Hop,
  hasAppPayload,
  hasForwardFor,
  Invocation,
  initAppPayload,
  initForwardFor,
  type PayloadAttributes,
  type WithAppPayload,
  withAppPayload,
  withForwardFor,
} from 'wamp-codec'

const cbor = createCodec({ unknownKeys: 'custom' }).serializer('cbor')
const OWN: Hop = { session: 7, authid: null, authrole: 'router' }

export function forwarded(frame: Uint8Array): Uint8Array | null {
  const message = cbor.decode(frame)
  if (!hasForwardFor(message)) return null
  message.validateForwardChain(OWN.session)
  const origin: Hop | null = message.forwardOrigin()
  const next = message.forward(OWN)
  next.custom = { ...next.custom, x_origin: origin?.session ?? null }
  return cbor.encode(next)
}

export function size(message: AnyMessage): number {
  return hasAppPayload(message) ? (message.args?.length ?? 0) + (message.payload?.length ?? 0) : 0
}

export const call: Call = new Call({
  request: 1,
  procedure: 'com.example.add',
  args: [1, 2],
  forward_for: [OWN],
  custom: { x_trace: 'a' },
  correlation_id: 'one',
  router_internal: { queue: 1 },
})
export const invocation: Invocation = Invocation.from(call, {
  request: 2,
  registration: 3,
  caller: null,
  forward_for: call.reverseChain(),
})

class Named {
  readonly name: string

  constructor(name = '') {
    this.name = name
  }
}

/** No message of WAMP, with a payload and a chain as messages have them. */
export class Job extends withAppPayload(withForwardFor(Named)) {
  readonly priority: number

  constructor(attributes: PayloadAttributes & { priority: number; forward_for?: Hop[] | null }) {
    super('job')
    this.priority = attributes.priority
    initForwardFor(this, attributes)
    initAppPayload(this, attributes)
  }
}

export const job: Job = new Job({ priority: 1, args: ['a'], enc_algo: null })
export const described: WithAppPayload & { name: string } = job
job.addHop(OWN)
job.kwargs = { done: job.args?.[0] === job.name }

/** A class of the application that is a message. */
export class Traced extends Call {
  readonly since: number = 0
}
export const traced: 48 = new Traced({ request: 1, procedure: 'a.b' }).type
