/**
 * One hidden class for each message class, however a message came to be and whatever was done with it: reads
 * of an attribute stay monomorphic. V8's own answers, for the engine that runs the tests.
 */
import { describe, expect, test } from 'vitest'
import {
  Call,
  Cancel,
  createCodec,
  ErrorMessage,
  EventMessage,
  hasAppPayload,
  hasForwardFor,
  Interrupt,
  Invocation,
  type Message,
  Publish,
  Published,
  Result,
  Yield,
} from '../../src/index.ts'
import { SAMPLES, type Sample } from '../lifetime/samples.ts'
import { LIST_FORMATS } from '../support/vectors.ts'
import { hasFastProperties, haveSameMap } from './natives.ts'

const codecs = [createCodec(), createCodec({ payloadValidation: 'deferred', maps: 'map' })]

/** What can be done with a message; each must leave it as fast as it was. */
const OPERATIONS: readonly (readonly [name: string, operation: (message: Message) => void])[] = [
  ['marshal', (message) => message.marshal()],
  ['toString', (message) => message.toString()],
  ['toJSON', (message) => message.toJSON()],
  ['equals', (message) => message.equals(message.table)],
  ['encode', (message) => LIST_FORMATS.map((format) => codecs[0]?.serializer(format).encode(message))],
  ['uncache', (message) => message.uncache()],
  ['detach', (message) => message.detach()],
  ['toTransferable', (message) => message.toTransferable()],
  [
    'tracing',
    (message) => {
      message.correlation_id = 'one'
      message.correlation_is_anchor = true
      message.router_internal = { a: 1 }
    },
  ],
  [
    'a small id',
    (message) => {
      if ('request' in message) message.request = 0
    },
  ],
  [
    'a large id',
    (message) => {
      if ('request' in message) message.request = 2 ** 53
    },
  ],
  [
    'a custom key',
    (message) => {
      message.custom = { x_new: 1 }
    },
  ],
  [
    'no custom key',
    (message) => {
      message.custom = null
    },
  ],
  [
    'forward_for',
    (message) => {
      if (hasForwardFor(message)) message.addHop({ session: 2 ** 40, authid: null, authrole: 'router' })
    },
  ],
  [
    'a payload',
    (message) => {
      if (!hasAppPayload(message)) return
      message.args = message.kwargs = null
      message.payload = new Uint8Array([1])
      message.ppt_scheme = 'x_s'
      message.payload = null
      message.args = [1]
    },
  ],
]

/** A message of a class for each way in which one can come to be. */
function allWays({ name, Class, least, full }: Sample): Map<string, Message> {
  const ways = new Map<string, Message>()
  for (const [text, attributes] of [['least', least] as const, ['full', full] as const]) {
    const built = new Class(attributes)
    ways.set(`built ${text}`, built)
    ways.set(
      `parsed ${text}`,
      (Class as unknown as typeof Message).parse.call(Class as never, built.marshal()),
    )
    for (const [i, codec] of codecs.entries()) {
      for (const format of LIST_FORMATS) {
        const serializer = codec.serializer(format)
        ways.set(`received ${text} in ${format}, codec ${i}`, serializer.decode(serializer.encode(built)))
      }
      ways.set(`transferred ${text}, codec ${i}`, codec.fromTransferable(built.toTransferable()))
    }
  }
  for (const [way, message] of derivedWays(name)) ways.set(way, message)
  const model = ways.get('built full') as Message
  if (hasForwardFor(model)) ways.set('forwarded', model.forward(HOP))
  if (hasAppPayload(model)) ways.set('without a payload for ppt', model.toPpt())
  return ways
}

const HOP = { session: 2 ** 40, authid: null, authrole: 'r' }

/** Messages of a class that are made from others, with little and with much to carry over. */
function derivedWays(name: string): [way: string, message: Message][] {
  const big = { request: 2 ** 40 }
  return [
    { args: null, forward_for: null },
    { args: [1], forward_for: [HOP], custom: { x_a: 1 } },
  ].flatMap((more, i): [string, Message][] => {
    const { args: _, ...control } = more
    const forward_for = i === 0 ? undefined : more.forward_for
    const publish = new Publish({ request: 1, topic: 'a.b', ...more })
    const sources: Readonly<Record<string, (() => Message) | undefined>> = {
      Event: () => EventMessage.from(publish, { subscription: 1, publication: 2 ** 53, forward_for }),
      Published: () => Published.from(publish, { publication: 2 ** 53 }),
      Invocation: () =>
        Invocation.from(new Call({ request: 1, procedure: 'a.b', ...more }), {
          ...big,
          registration: 1,
          forward_for,
        }),
      Result: () => Result.from(new Yield({ request: 1, ...more }), { ...big, forward_for }),
      Interrupt: () => Interrupt.from(new Cancel({ request: 1, ...control }), { ...big, forward_for }),
      Error: () =>
        ErrorMessage.from(ErrorMessage.reply(publish, 'a.b', { args: [1] }), {
          ...big,
          request_type: 48,
          forward_for,
        }),
    }
    const made = sources[name]?.()
    return made === undefined ? [] : [[`derived ${i}`, made]]
  })
}

describe.each(SAMPLES)('$name', (sample) => {
  // V8 generalises a field when it first sees a large id, null or an object in it, and moves the older
  // objects to the new hidden class when it meets them: a first round is for that.
  for (const message of allWays(sample).values()) for (const [, operation] of OPERATIONS) operation(message)
  const model = new sample.Class(sample.full)

  test('has one hidden class, built, parsed, received, transferred or derived', () => {
    const others = [...allWays(sample)].filter(([, message]) => !haveSameMap(message, model))
    expect(others.map(([way]) => way)).toEqual([])
  })

  test.each(OPERATIONS)('keeps its hidden class and fast properties after: %s', (_name, operation) => {
    const others: string[] = []
    for (const [way, message] of allWays(sample)) {
      operation(message)
      if (!haveSameMap(message, model)) others.push(`${way}: another hidden class`)
      if (!hasFastProperties(message)) others.push(`${way}: a dictionary`)
    }
    expect(others).toEqual([])
  })

  test('has its slots in the one order, whatever it was made from and whatever happened to it', () => {
    const orders = new Set<string>()
    for (const message of allWays(sample).values()) {
      orders.add(Object.keys(message).join(' '))
      for (const [, operation] of OPERATIONS) operation(message)
      orders.add(Object.keys(message).join(' '))
    }
    expect([...orders]).toEqual([slotsOf(model).join(' ')])
  })
})

/**
 * Positions of the list as they come, the interned number behind a URI that has one, then what all messages
 * have.
 */
function slotsOf(message: Message): string[] {
  const { table } = message
  const positions = table.positions
    .filter(({ kind }) => kind !== 'options' && kind !== 'options?' && kind !== 'dict')
    .flatMap(({ attribute }) => {
      const hasRef = `${attribute}Ref` in message
      return hasRef ? [`_${attribute}`, `_${attribute}Ref`] : [`_${attribute}`]
    })
  return [...positions, '_frame', '_index', '_options', '_custom', '_payload', '_trace', '_encoded']
}

test('the questions tell different shapes apart', () => {
  expect(haveSameMap({ a: 1 }, { b: 1 })).toBe(false)
  const dictionary: Record<string, number> = { a: 1, b: 2 }
  expect(hasFastProperties(dictionary)).toBe(true)
  delete dictionary.a
  expect(hasFastProperties(dictionary)).toBe(false)
})

test('the payload of a message has one hidden class too, received, built or none at all', () => {
  const { Class, full } = SAMPLES[7] as Sample
  const built = new Class(full)
  const unread = codecs.map((codec) =>
    codec.serializer('cbor').decode(codec.serializer('cbor').encode(built)),
  )
  const read = codecs.map((codec) => codec.serializer('cbor').decode(codec.serializer('cbor').encode(built)))
  for (const message of read) message.marshal()
  const payloads = [...unread, ...read, built].map((message) => message._payload)
  const others = payloads.map((payload) => haveSameMap(payload, payloads[0] as object))
  expect(others).toEqual(payloads.map(() => true))
  expect(payloads.every(hasFastProperties)).toBe(true)
})
