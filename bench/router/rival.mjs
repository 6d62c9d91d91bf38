/**
 * The part of `wamp-codec` that the example router uses, made of the usual libraries: JSON, msgpackr and cbor-x. It
 * is a fair one. A message is decoded once, whatever becomes of it; an event is encoded once for each serializer,
 * subscription and kind of receiver, and the bytes are shared; nothing is checked. hooks.mjs puts it in the package's
 * place.
 */
import { Encoder } from 'cbor-x'
import { Packr } from 'msgpackr'

export const MessageType = {
  ...{ HELLO: 1, WELCOME: 2, ABORT: 3, CHALLENGE: 4, AUTHENTICATE: 5, GOODBYE: 6, ERROR: 8, PUBLISH: 16 },
  ...{ PUBLISHED: 17, SUBSCRIBE: 32, SUBSCRIBED: 33, UNSUBSCRIBE: 34, UNSUBSCRIBED: 35, EVENT: 36 },
  ...{ CALL: 48, CANCEL: 49, RESULT: 50, REGISTER: 64, REGISTERED: 65, UNREGISTER: 66, UNREGISTERED: 67 },
  ...{ INVOCATION: 68, INTERRUPT: 69, YIELD: 70 },
}

/** Where each message has what; `options` is the dictionary, of which the other attributes are keys. */
const POSITIONS = {
  1: ['realm', 'options'],
  2: ['session', 'options'],
  3: ['options', 'reason'],
  6: ['options', 'reason'],
  8: ['request_type', 'request', 'options', 'error', 'args', 'kwargs'],
  16: ['request', 'options', 'topic', 'args', 'kwargs'],
  17: ['request', 'publication'],
  32: ['request', 'options', 'topic'],
  33: ['request', 'subscription'],
  48: ['request', 'options', 'procedure', 'args', 'kwargs'],
  50: ['request', 'options', 'args', 'kwargs'],
  64: ['request', 'options', 'procedure'],
  65: ['request', 'registration'],
  68: ['request', 'registration', 'options', 'args', 'kwargs'],
  70: ['request', 'options', 'args', 'kwargs'],
}
const OPTIONS = [
  ...[
    'roles',
    'authmethods',
    'authid',
    'acknowledge',
    'exclude_me',
    'exclude',
    'exclude_authid',
    'exclude_authrole',
  ],
  ...[
    'eligible',
    'eligible_authid',
    'eligible_authrole',
    'retain',
    'disclose_me',
    'forward_for',
    'get_retained',
  ],
  ...['timeout', 'progress', 'receive_progress', 'disclose_caller', 'forward_timeout'],
]
const DEFAULTS = { match: 'exact', invoke: 'single' }

/** A class for each message: its positions are fields, its options are read where they are. */
const CLASSES = new Map(
  Object.entries(POSITIONS).map(([code, names]) => {
    const assign = names.map((name, i) => `this.${name} = list[${i + 1}];`).join(' ')
    const Received = new Function(`return class { constructor(list) { this.type = ${code}; ${assign} } }`)()
    for (const name of OPTIONS) {
      Object.defineProperty(Received.prototype, name, {
        get() {
          return this.options[name] ?? null
        },
      })
    }
    for (const [name, value] of Object.entries(DEFAULTS)) {
      Object.defineProperty(Received.prototype, name, {
        get() {
          return this.options[name] ?? value
        },
      })
    }
    return [Number(code), Received]
  }),
)

/** A message to be sent: its list. */
class Sent {
  constructor(list) {
    this.list = list
  }
}

/** A class of messages that the router makes from attributes. */
const made = (code) =>
  class extends Sent {
    constructor(attributes = {}) {
      const names = POSITIONS[code] ?? ['options']
      const options = { ...attributes }
      for (const name of names) delete options[name]
      const list = [code, ...names.map((name) => (name === 'options' ? options : attributes[name]))]
      while (list.length > 0 && list.at(-1) == null) list.pop()
      super(list)
    }
  }
export const Welcome = made(MessageType.WELCOME)
export const Abort = made(MessageType.ABORT)
export const Challenge = made(MessageType.CHALLENGE)
export const Goodbye = made(MessageType.GOODBYE)
export const Publish = made(MessageType.PUBLISH)
export const Subscribed = made(MessageType.SUBSCRIBED)
export const Unsubscribed = made(MessageType.UNSUBSCRIBED)
export const Registered = made(MessageType.REGISTERED)
export const Unregistered = made(MessageType.UNREGISTERED)
export const Interrupt = made(MessageType.INTERRUPT)

/** The list of a message with the payload of another one. */
function withPayload(head, { args, kwargs }) {
  if (kwargs !== undefined) head.push(args ?? [], kwargs)
  else if (args !== undefined) head.push(args)
  return new Sent(head)
}

/** What is told of the given details. */
function details(given, names) {
  const told = {}
  for (const name of names) if (given[name] != null) told[name] = given[name]
  return told
}
const CALLER = ['procedure', 'caller', 'caller_authid', 'caller_authrole', 'timeout']
const PUBLISHER = ['publisher', 'publisher_authid', 'publisher_authrole']

export const Published = { from: ({ request }, { publication }) => new Sent([17, request, publication]) }

export const Invocation = {
  from(call, given) {
    const told = details(given, CALLER)
    if (call.progress !== null) told.progress = call.progress
    if (call.receive_progress !== null) told.receive_progress = call.receive_progress
    return withPayload([68, given.request, given.registration, told], call)
  },
}

export class Result extends made(MessageType.RESULT) {
  static from(message, { request }) {
    return withPayload(
      [50, request, message.progress === null ? {} : { progress: message.progress }],
      message,
    )
  }
}

export class ErrorMessage extends made(MessageType.ERROR) {
  static from(message, { request_type, request }) {
    return withPayload([8, request_type, request, {}, message.error], message)
  }
  static reply({ type, request }, error) {
    return new Sent([8, type, request, {}, error])
  }
}

export class FanOut {
  #publish
  #event
  #known = new Map()

  constructor(_codec, publish, event) {
    this.#publish = publish
    this.#event = event
  }

  bytes(serializer, { subscription, topic, disclose, retained }) {
    const key = `${serializer.id} ${subscription} ${topic} ${disclose} ${retained}`
    let bytes = this.#known.get(key)
    if (bytes === undefined) {
      const told = disclose ? details(this.#event, PUBLISHER) : {}
      if (topic) told.topic = this.#publish.topic
      if (retained) told.retained = true
      bytes = serializer.encode(withPayload([36, subscription, this.#event.publication, told], this.#publish))
      this.#known.set(key, bytes)
    }
    return bytes
  }
}

export class EncodeError extends Error {}
export const isWampCodecError = () => false

const cbor = new Encoder({
  useRecords: false,
  mapsAsObjects: true,
  int64AsNumber: true,
  tagUint8Array: false,
})
const msgpack = new Packr({ useRecords: false, mapsAsObjects: true, int64AsType: 'number' })

const LIBRARIES = {
  json: {
    number: 1,
    encode: (list) => Buffer.from(JSON.stringify(list)),
    decode: (frame) => JSON.parse(textOf(frame)),
  },
  msgpack: { number: 2, encode: (list) => msgpack.encode(list), decode: (frame) => msgpack.decode(frame) },
  cbor: { number: 3, encode: (list) => cbor.encode(list), decode: (frame) => cbor.decode(frame) },
}

const textOf = ({ buffer, byteOffset, length }) => Buffer.from(buffer, byteOffset, length).toString()

class Serializer {
  isBatched = false
  maxMessageBytes = 16 * 1024 * 1024 - 1

  constructor(id) {
    this.id = id
    this.subprotocol = `wamp.2.${id}`
    this.isBinary = id !== 'json'
    this.rawSocketId = LIBRARIES[id].number
    const { encode, decode } = LIBRARIES[id]
    this.encode = ({ list }) => encode(list)
    this.decode = (frame) => {
      const list = decode(frame)
      return new (CLASSES.get(list[0]))(list)
    }
    this.decodeAll = (frame) => [this.decode(frame)]
  }
}

const SERIALIZERS = new Map(Object.keys(LIBRARIES).map((id) => [id, new Serializer(id)]))

export function createCodec() {
  return { serializer: (id) => SERIALIZERS.get(id) }
}
