/**
 * A message never expires and never shows another one's bytes: random operations on a few dozen messages,
 * each with a shadow in plain JavaScript that says what the message should say.
 */
import { expect, test } from 'vitest'
import {
  type Codec,
  createCodec,
  EventMessage,
  type Message,
  PayloadRuleError,
  ProtocolError,
  Publish,
} from '../../src/index.ts'
import { createRandom, type Random } from '../support/random.ts'
import { canonical, LIST_FORMATS, type ListFormat } from '../support/vectors.ts'
import {
  carriedOptions,
  customOf,
  frameOf,
  hasPayload,
  listOf,
  normal,
  randomArgs,
  randomCustom,
  randomHops,
  randomKwargs,
  randomShadow,
  randomUri,
  type Shadow,
} from './model.ts'

const isDeep = process.env.WAMP_CODEC_DEEP === '1'
const STEPS = isDeep ? 1_000_000 : 20_000
const SEED = isDeep ? Math.floor(Math.random() * 2 ** 32) : 20_260_101
const ALIVE = 60

interface Held {
  readonly message: Message
  readonly shadow: Shadow
  readonly codec: Codec
  /** The buffer of the frame while the message borrows it; shared by those that share its payload. */
  readonly chunk: { bytes: Uint8Array | null }
}

const codecs = (['eager', 'deferred'] as const).flatMap((payloadValidation) =>
  (['borrow', 'copy'] as const).map((ownership) => createCodec({ payloadValidation, ownership })),
)

/** All of it: the messages, and one operation for each step. */
class World {
  readonly random: Random
  readonly held: Held[]
  /** Bytes of the next big message: more than the kernel's memory holds after the last one. */
  bigBytes: number
  step: string

  constructor(seed: number) {
    this.random = createRandom(seed)
    this.held = []
    this.bigBytes = 100_000
    this.step = ''
  }

  /** Compares a value with the one expected; the message of the failure says how we came there. */
  same(got: unknown, wanted: unknown, what: string): void {
    if (canonical(got) !== canonical(wanted)) {
      expect([what, this.step, canonical(got)]).toEqual([what, this.step, canonical(wanted)])
    }
  }

  decode(): void {
    const { random } = this
    const format = random.pick(LIST_FORMATS)
    const codec = random.pick(codecs)
    const shadow = randomShadow(random)
    const frame = frameOf(shadow, format)
    const before = random.int(0, 64)
    const bytes = new Uint8Array(before + frame.length + random.int(0, 64)).fill(0xee)
    bytes.set(frame, before)
    const message = codec.serializer(format).decode(bytes.subarray(before, before + frame.length))
    // Every other codec copies: the caller may do with the buffer what he wants.
    const isCopied = codecs.indexOf(codec) % 2 === 1
    if (isCopied) bytes.fill(0xff)
    this.hold({ message, shadow, codec, chunk: { bytes: isCopied ? null : bytes } })
  }

  hold(held: Held): void {
    this.held.push(held)
    if (this.held.length > ALIVE) this.held.splice(this.random.int(0, ALIVE - 1), 1)
  }

  refuse(): void {
    const { random } = this
    const format = random.pick(LIST_FORMATS)
    const frame = frameOf(randomShadow(random), format)
    const cut = frame.subarray(0, random.int(0, frame.length - 1))
    expect(() => random.pick(codecs.slice(0, 2)).serializer(format).decode(cut)).toThrow(ProtocolError)
  }

  grow(): void {
    const { random } = this
    // The memory does not shrink: further big messages would only take time.
    if (this.bigBytes > 8_000_000) return
    const shadow: Shadow = {
      ...randomShadow(random),
      type: 'publish',
      options: {},
      payload: null,
      kwargs: null,
    }
    shadow.args = ['x'.repeat(this.bigBytes)]
    const codec = random.pick(codecs)
    const message = codec.serializer('json').decode(frameOf(shadow, 'json'))
    this.same(message.marshal(), listOf(shadow), 'a big message')
    this.bigBytes = Math.ceil(this.bigBytes * 1.6)
  }

  read({ message, shadow }: Held): void {
    const { random } = this
    const { type, ids, text, options, args, kwargs, payload } = shadow
    const values = message as unknown as Record<string, unknown>
    const first = type === 'event' ? 'subscription' : 'request'
    const second = type === 'event' || type === 'published' ? 'publication' : null
    switch (random.int(0, 6)) {
      case 0:
        this.same(values[first], ids[0], first)
        if (second !== null) this.same(values[second], ids[1], second)
        if (type === 'publish' || type === 'subscribe') this.same(values.topic, text, 'topic')
        if (type === 'call') this.same(values.procedure, text, 'procedure')
        return
      case 1:
        this.same(message.custom, customOf(options), 'custom')
        return
      case 2:
        if (type === 'published') return
        this.same(values.forward_for, options.forward_for ?? null, 'forward_for')
        return
      case 3:
        if (hasPayload(type)) this.same(values.args, args, 'args')
        return
      case 4:
        if (hasPayload(type)) this.same(values.kwargs, kwargs, 'kwargs')
        return
      case 5:
        if (hasPayload(type)) this.same(values.payload, payload, 'payload')
        return
      default:
        this.same(message.marshal(), listOf(shadow), 'marshal')
    }
  }

  set({ message, shadow }: Held): void {
    const { random } = this
    const values = message as unknown as Record<string, unknown>
    const option = (key: string, value: unknown): void => {
      if (value === null) delete shadow.options[key]
      else shadow.options[key] = value
      values[key] = value
    }
    switch (random.int(0, 5)) {
      case 0: {
        const name = shadow.type === 'event' ? 'subscription' : 'request'
        shadow.ids[0] = random.int(0, 2 ** 53)
        values[name] = shadow.ids[0]
        return
      }
      case 1:
        if (shadow.type !== 'publish' && shadow.type !== 'subscribe') return
        shadow.text = randomUri(random)
        values.topic = shadow.text
        return
      case 2:
        if (shadow.type !== 'published') option('forward_for', random.pick([null, randomHops(random)]))
        return
      case 3: {
        if (shadow.type === 'published') return
        const custom = randomCustom(random)
        for (const key of Object.keys(customOf(shadow.options) ?? {})) delete shadow.options[key]
        Object.assign(shadow.options, custom)
        message.custom = custom
        return
      }
      default:
        if (hasPayload(shadow.type)) this.setPayload(shadow, values)
    }
  }

  setPayload(shadow: Shadow, values: Record<string, unknown>): void {
    const { random } = this
    const name = random.pick(['args', 'kwargs', 'payload'] as const)
    const made = { args: randomArgs, kwargs: randomKwargs, payload: () => random.bytes(60) }
    const value = random.int(0, 3) === 0 ? null : made[name](random)
    const excludes =
      name === 'payload' ? shadow.args !== null || shadow.kwargs !== null : shadow.payload !== null
    if (value !== null && excludes) {
      expect(() => {
        values[name] = value
      }).toThrow(PayloadRuleError)
      return
    }
    values[name] = value
    Object.assign(shadow, { [name]: value })
  }

  derive({ message, shadow, codec, chunk }: Held): void {
    if (!(message instanceof Publish)) return
    const ids: [number, number] = [this.random.int(0, 2 ** 53), 7]
    const event = EventMessage.from(message, { subscription: ids[0], publication: ids[1] })
    const options = carriedOptions(shadow.options)
    this.hold({ message: event, shadow: { ...shadow, type: 'event', ids, options }, codec, chunk })
  }

  encode({ message, shadow, codec }: Held): void {
    const format: ListFormat = this.random.pick(LIST_FORMATS)
    const bytes = codec.serializer(format).encode(message)
    this.encodeAgain(message, codec, format, bytes)
    const again = codec.serializer(format).decode(bytes)
    this.same(again.marshal(), listOf(shadow), `encoded to ${format}`)
    if (this.random.int(0, 2) > 0) return
    // The copy lives on in the place of the original.
    this.hold({ message: again, shadow: copyOf(shadow), codec, chunk: { bytes: null } })
  }

  /** The caches, of the frame and of a transcoded payload, never show: the bytes are the same with and without them. */
  encodeAgain(message: Message, codec: Codec, format: ListFormat, bytes: Uint8Array): void {
    const first = bytes.slice()
    if (this.random.int(0, 1) === 0) message.uncache()
    else codec.serializer(this.random.pick(LIST_FORMATS)).encode(message)
    this.same(codec.serializer(format).encode(message), first, `encoded to ${format} again`)
    this.same(bytes, first, 'bytes that encode has returned')
  }

  transfer({ message, shadow, codec }: Held): void {
    const arrived = codec.fromTransferable(structuredClone(message.toTransferable()))
    this.same(arrived.marshal(), listOf(shadow), 'transferred')
    this.hold({ message: arrived, shadow: copyOf(shadow), codec, chunk: { bytes: null } })
  }

  detach({ message, chunk }: Held): void {
    expect(message.detach()).toBe(message)
    // Whoever shares the payload was detached as well, so nobody needs the buffer any more, unless a derived
    // message changed it: then this one has let go of the frame that others still borrow.
    if (message._frame !== null && chunk.bytes !== null) chunk.bytes.fill(0xff)
  }

  go(): void {
    const { random } = this
    const held = this.held.length === 0 ? null : random.pick(this.held)
    const action = random.int(0, 99)
    this.step = `action ${action} on ${held?.shadow.type}`
    if (held === null || action < 20) this.decode()
    else if (action < 50) this.read(held)
    else if (action < 62) this.set(held)
    else if (action < 70) this.derive(held)
    else if (action < 82) this.encode(held)
    else if (action < 86) this.transfer(held)
    else if (action < 90) this.detach(held)
    else if (action < 93) held.message.uncache()
    else if (action < 97) this.refuse()
    else if (action < 99) this.held.splice(this.held.indexOf(held), 1)
    else if (random.int(0, 9) === 0) this.grow()
  }
}

/** The shadow of a message that came out of an encoder. */
function copyOf(shadow: Shadow): Shadow {
  return normal({ ...shadow, ids: [...shadow.ids], options: { ...shadow.options } })
}

test(`${STEPS} random operations leave every message as it should be (seed ${SEED})`, () => {
  const world = new World(SEED)
  for (let i = 0; i < STEPS; i++) world.go()
  for (const { message, shadow } of world.held) world.same(message.marshal(), listOf(shadow), 'at the end')
  // The memory has grown under everybody.
  expect(world.bigBytes).toBeGreaterThan(1_000_000)
})

test.each(LIST_FORMATS)('a %s message that is held across everything else still reads the same', (format) => {
  const random = createRandom(SEED + 1)
  const held = codecs.map((codec) => {
    const shadow: Shadow = { ...randomShadow(random), type: 'publish', payload: null }
    shadow.options = { x_a: [1, { b: 'ключ' }], exclude: [2 ** 53], transaction_hash: 'h' }
    shadow.args = randomArgs(random).concat([new Uint8Array([1, 2])])
    const message = codec.serializer(format).decode(frameOf(shadow, format))
    return { message, shadow }
  })
  const world = new World(SEED + 2)
  for (let i = 0; i < STEPS / 10; i++) world.go()
  world.grow()
  for (const { message, shadow } of held) {
    world.same(message.toString().slice(0, 8), 'PUBLISH(', 'toString')
    world.same(message.marshal(), listOf(shadow), 'a held message')
    world.same(message.marshal(), listOf(shadow), 'a held message, read twice')
  }
})
