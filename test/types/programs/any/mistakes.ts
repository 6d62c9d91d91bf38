/** What must not compile: typos in options and attributes, unknown ids, values of wrong types. */
import {
  Abort,
  type AnyMessage,
  Authenticate,
  Call,
  Cancel,
  Challenge,
  createCodec,
  ErrorMessage,
  EventMessage,
  EventReceived,
  FanOut,
  Goodbye,
  Hello,
  Interrupt,
  Invocation,
  loadCodec,
  MessageType,
  negotiate,
  Publish,
  Published,
  RawSocketCodec,
  Register,
  Registered,
  Result,
  Subscribe,
  Subscribed,
  Unregister,
  Unregistered,
  Unsubscribe,
  Unsubscribed,
  Welcome,
  Yield,
} from 'wamp-codec'
import { createCodec as createCore } from 'wamp-codec/core'

const codec = createCodec()
const core = createCore()
const cbor = codec.serializer('cbor')
const publish = new Publish({ request: 1, topic: 'a.b' })
const call = new Call({ request: 1, procedure: 'a.b' })

// Options.
// @ts-expect-error
createCodec({ maxdepth: 5 })
// @ts-expect-error
createCodec({ ownership: 'keep' })
// @ts-expect-error
createCodec({ payloadSerializers: { mine: { decode: () => 1, encode: () => new Uint8Array(1) } } })
// @ts-expect-error
loadCodec({ wams: new Uint8Array(1) })
// @ts-expect-error
loadCodec({ wasm: './kernel.wasm' })
// @ts-expect-error
loadCodec({ wasm: Promise.resolve(new Uint8Array(1)) })
// @ts-expect-error
createCodec({ module: 'kernel' })
// @ts-expect-error
codec.serializer('cbor', { payloadSerialiser: 'json' })
// @ts-expect-error
codec.serializer('ubjson', { ubjsonDialect: 'draft13' })
// @ts-expect-error
codec.serializer('json.batched', { batchSeparator: 0x1f })
// @ts-expect-error
codec.stats({ rst: true })
// @ts-expect-error
codec.setStatsAutoReset({ messages: 5, callback: () => undefined })
// @ts-expect-error
codec.transcode(new Uint8Array(1), { from: 'cbor', to: 'json', onloss: 'throw' })
// @ts-expect-error
codec.transcodeMessage(new Uint8Array(1), { from: cbor, to: 'json' })
// @ts-expect-error
negotiate('', [cbor], { prio: 'client' })
// @ts-expect-error
negotiate('', ['cbor'])
// @ts-expect-error
new RawSocketCodec({ serializer: cbor, side: 'server', maxLength: 20 })
// @ts-expect-error
new RawSocketCodec({ serializers: [cbor], side: 'server' })

// Ids.
// @ts-expect-error
codec.serializer('cbro')
// @ts-expect-error
codec.serializer('flatbuffers.batched')
// @ts-expect-error
codec.payload('avro')
// @ts-expect-error
codec.peek(new Uint8Array(1), 'xml')
// @ts-expect-error
core.serializer('ubjson')
// @ts-expect-error
core.serializer('flatbuffers')
// @ts-expect-error
core.payload('flexbuffers')
// @ts-expect-error
core.transcode(new Uint8Array(1), { from: 'cbor', to: 'ubjson' })
// @ts-expect-error
core.peek(new Uint8Array(1), 'ubjson')

// Derivation and fan-out.
// @ts-expect-error
EventMessage.from(publish, { subscription: 1, publication: 2, retaned: true })
// @ts-expect-error
EventMessage.from(call, { subscription: 1, publication: 2 })
// @ts-expect-error
EventMessage.from(publish, { subscription: 1 })
// @ts-expect-error
Published.from(publish, { publication: 1, request: 1 })
// @ts-expect-error
Invocation.from(call, { request: 1, registration: 2, caler: 3 })
// @ts-expect-error
Result.from(new Yield({ request: 1 }), { request: 1, calee: 3 })
// @ts-expect-error
Interrupt.from(new Cancel({ request: 1 }), { request: 1, mode: 'skip' })
// @ts-expect-error
ErrorMessage.from(new ErrorMessage({ request_type: 48, request: 1, error: 'a.b' }), { request: 1 })
// @ts-expect-error
ErrorMessage.reply(publish, 'a.b', { arg: [1] })
// @ts-expect-error
new FanOut(codec, publish, { publication: 1, publishr: 2 })
// @ts-expect-error
new FanOut(codec, publish, { publication: 1 }).bytes(cbor, { subscription: 1, disclosed: true })
// @ts-expect-error
new FanOut({}, publish, { publication: 1 })

// Attributes of the 25 classes.
// @ts-expect-error
new Hello({ realm: 'a.b', roles: { caller: {} }, authmethod: ['ticket'] })
// @ts-expect-error
new Hello({ roles: { broker: {} } })
// @ts-expect-error
new Welcome({ session: 1, roles: { broker: {} }, auhtid: 'a' })
// @ts-expect-error
new Abort({ reason: 'a.b', text: 'a' })
// @ts-expect-error
new Challenge({ method: 'ticket', extras: {} })
// @ts-expect-error
new Authenticate({ signature: 'a', extras: {} })
// @ts-expect-error
new Goodbye({ reasn: 'a.b' })
// @ts-expect-error
new ErrorMessage({ request_type: 48, request: 1, error: 'a.b', arg: [] })
// @ts-expect-error
new Publish({ request: 1, topic: 'a.b', excludeMe: true })
// @ts-expect-error
new Published({ request: 1, publication: 2, topic: 'a.b' })
// @ts-expect-error
new Subscribe({ request: 1, topic: 'a.b', mtch: 'prefix' })
// @ts-expect-error
new Subscribed({ request: 1, subscripton: 2 })
// @ts-expect-error
new Unsubscribe({ request: 1, subscription: 2, topic: 'a.b' })
// @ts-expect-error
new Unsubscribed({ request: 1, subscriptions: [2] })
// @ts-expect-error
new EventMessage({ subscription: 1, publication: 2, retain: true })
// @ts-expect-error
new EventReceived({ publication: 1, request: 2 })
// @ts-expect-error
new Call({ request: 1, procedure: 'a.b', time_out: 5 })
// @ts-expect-error
new Cancel({ request: 1, modes: 'kill' })
// @ts-expect-error
new Result({ request: 1, procedure: 'a.b' })
// @ts-expect-error
new Register({ request: 1, procedure: 'a.b', invok: 'first' })
// @ts-expect-error
new Registered({ request: 1, registration: 2, procedure: 'a.b' })
// @ts-expect-error
new Unregister({ request: 1, registrations: 2 })
// @ts-expect-error
new Unregistered({ request: 1, reasons: 'a.b' })
// @ts-expect-error
new Invocation({ request: 1, registration: 2, callr: 3 })
// @ts-expect-error
new Interrupt({ request: 1, mod: 'kill' })
// @ts-expect-error
new Yield({ request: 1, progres: true })

// Types of attributes.
// @ts-expect-error
new Publish({ request: '1', topic: 'a.b' })
// @ts-expect-error
new Publish({ topic: 'a.b' })
// @ts-expect-error
new Publish({ request: 1, topic: 'a.b', exclude: ['a'] })
// @ts-expect-error
new Publish({ request: 1, topic: 'a.b', payload: 'text' })
// @ts-expect-error
new Publish({ request: 1, topic: 'a.b', forward_for: [{ session: 1 }] })
// @ts-expect-error
new Subscribe({ request: 1, topic: 'a.b', match: 'regex' })
// @ts-expect-error
new Register({ request: 1, procedure: 'a.b', invoke: 'all' })
// @ts-expect-error
publish.acknowledge = 1
// @ts-expect-error
publish.topic = null
// @ts-expect-error
publish.type = 36
// @ts-expect-error
publish.topicRef = 1
// @ts-expect-error
publish.no_such

// Internals.
// @ts-expect-error
publish._options
// @ts-expect-error
publish.table
// @ts-expect-error
Publish.TABLE
// @ts-expect-error
codec._counters
// @ts-expect-error
cbor._envelope

export function topicOf(message: AnyMessage): string | null {
  // @ts-expect-error
  if (message.type === 37) return null
  // @ts-expect-error
  if (message.type !== MessageType.CALL) return message.topic
  return message.procedure
}
