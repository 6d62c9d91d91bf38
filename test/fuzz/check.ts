/**
 * The invariant of the fuzz tests. After an eager decode nothing throws because of the wire: no getter, no
 * method, no encoding in the same format. A refusal is a ProtocolError that says where and what.
 */
import {
  type Codec,
  EncodeError,
  ERROR_CODES,
  EventMessage,
  type Message,
  ProtocolError,
  Publish,
  type Serializer,
  Tagged,
} from '../../src/index.ts'
import { hex, serializerOf, WIRE_FORMATS, type WireFormat } from '../support/vectors.ts'

/**
 * The limit of big integers is one of bytes; as digits it is rounded up. So a few numbers of the most digits that JSON
 * or UBJSON may bring are a byte too long for the other formats (limits.ts).
 */
export const BETWEEN_LIMITS: RegExp =
  /(?:json|ubjson\S*) to \w+: .*SIZE_LIMIT cannot decode (?:[A-Z_]+|a value) from \w+: a big(?: integer|num)/

/** Everything that was found, each kind once: what happened, and the shortest frame that shows it. */
export class Breaches {
  readonly found: Map<string, string> = new Map()
  /** Breaches in all. */
  count: number = 0

  add(what: string, frame: Uint8Array, policy: object): void {
    if (BETWEEN_LIMITS.test(what)) return
    this.count++
    const text = `${hex(frame)} under ${JSON.stringify(policy)}`
    const known = this.found.get(what)
    if (known === undefined || text.length < known.length) this.found.set(what, text)
  }

  /** Runs what must not throw. */
  run<T>(what: string, frame: Uint8Array, policy: object, action: () => T): T | null {
    try {
      return action()
    } catch (error) {
      this.add(`${what}: ${nameOf(error)}`, frame, policy)
      return null
    }
  }
}

/** An error in few words, the same words for all frames. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return `no error: ${String(error)}`
  const text = error.message
    .replace(/\(byte \d+\)/, '')
    .replace(/"(?:[^"\\]|\\.)*"/g, '"..."')
    .replace(/\d+/g, 'N')
    .replace(/encode \S+ to/, 'encode ... to')
  return `${error.name} ${'code' in error ? String(error.code) : ''} ${text.slice(0, 100)}`
}

/** The message, or null when the frame was refused as it should be. */
export function decoded(
  serializer: Serializer,
  frame: Uint8Array,
  breaches: Breaches,
  policy: object,
): Message | null {
  try {
    return serializer.decode(frame)
  } catch (error) {
    checkRefusal(error, serializer.format, frame, breaches, policy)
    return null
  }
}

/** A refusal has a code of the closed list, the format, and an offset inside the frame. */
export function checkRefusal(
  error: unknown,
  format: string,
  frame: Uint8Array,
  breaches: Breaches,
  policy: object,
): void {
  if (!(error instanceof ProtocolError)) {
    breaches.add(`refusal: ${nameOf(error)}`, frame, policy)
    return
  }
  const { code, offset } = error
  if (!ERROR_CODES.includes(code)) breaches.add(`refusal with the code ${code}`, frame, policy)
  if (error.format !== format) breaches.add(`refusal with the format ${error.format}`, frame, policy)
  if (offset === null || !(offset >= 0 && offset <= frame.length)) {
    breaches.add(`refusal ${code} at ${offset === null ? 'no byte' : 'a byte outside'}`, frame, policy)
  }
}

/** Names of everything that can be read from a message. */
function namesOf(message: Message): Set<string> {
  const { positions, options } = message.table
  const own = [...positions, ...options].map(({ attribute }) => attribute)
  const common = ['custom', 'forward_for', 'args', 'kwargs', 'payload', 'rawPayload', 'retainedBytes']
  return new Set([...own, ...common, 'topicRef', 'procedureRef', 'correlation_id', 'router_internal'])
}

/** Reads every attribute. */
export function readAll(message: Message): void {
  for (const name of namesOf(message)) void (message as unknown as Record<string, unknown>)[name]
  message.marshal()
}

/** Everything that can be done with a message that was accepted. */
export function checkAccepted(
  codec: Codec,
  format: WireFormat,
  message: Message,
  frame: Uint8Array,
  breaches: Breaches,
  policy: object,
): void {
  const run = <T>(what: string, action: () => T): T | null => breaches.run(what, frame, policy, action)
  const known = breaches.count
  for (const name of namesOf(message)) {
    run(`the getter ${name}`, () => (message as unknown as Record<string, unknown>)[name])
  }
  // What cannot be read cannot be written either: one breach is enough.
  if (breaches.count > known) return
  run('marshal', () => message.marshal())
  run('toString', () => message.toString())
  run('toJSON', () => message.toJSON())
  run('equals', () => message.equals(serializerOf(codec, format).decode(frame)))
  for (const to of WIRE_FORMATS) checkEncoding(codec, format, to, message, frame, breaches, policy)
  if (message instanceof Publish) {
    const event = run('EventMessage.from', () =>
      EventMessage.from(message, { subscription: 1, publication: 2 }),
    )
    const bytes = event && run('encode of an event', () => serializerOf(codec, format).encode(event))
    if (event && bytes) {
      const again = run('decode of an event', () => serializerOf(codec, format).decode(bytes))
      if (again && run('equals of an event', () => event.equals(again)) === false) {
        breaches.add('an event is not equal to what was encoded', frame, policy)
      }
    }
  }
  const transferred = run('toTransferable', () => message.toTransferable())
  if (transferred === null) return
  const arrived = run('fromTransferable', () => codec.fromTransferable(transferred))
  if (arrived && run('equals of a transferred message', () => arrived.equals(message)) === false) {
    breaches.add('a transferred message is not equal', frame, policy)
  }
}

/** What the values of another format cannot express. */
const UNENCODABLE: readonly string[] = ['UNENCODABLE', 'BAD_UTF8', 'KEY_TYPE', 'DUPLICATE_KEY']

function checkEncoding(
  codec: Codec,
  from: WireFormat,
  to: WireFormat,
  message: Message,
  frame: Uint8Array,
  breaches: Breaches,
  policy: object,
): void {
  const what = from === to ? `${from} again` : `${from} to ${to}`
  let bytes: Uint8Array
  try {
    bytes = serializerOf(codec, to).encode(message)
  } catch (error) {
    if (from !== to && error instanceof EncodeError && UNENCODABLE.includes(error.code)) return
    breaches.add(`encode ${what}: ${nameOf(error)}`, frame, policy)
    return
  }
  const again = breaches.run(`decode of ${what}`, frame, policy, () => serializerOf(codec, to).decode(bytes))
  if (again === null) return
  const isEqual = breaches.run(`equals after ${what}`, frame, policy, () => again.equals(message))
  if (isEqual !== false || (from !== to && isBent(valuesOf(message), to))) return
  breaches.add(`${what} is not equal`, frame, policy)
}

function valuesOf(message: Message): unknown[] {
  const { args, kwargs, custom } = message as Message & Partial<Record<'args' | 'kwargs' | 'custom', unknown>>
  return [args, kwargs, custom]
}

/**
 * True for what another format has in another way: MsgPack a tag as an extension, JSON and UBJSON integer keys as text.
 */
function isBent(value: unknown, to: WireFormat): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false
  if (value instanceof Tagged) return to === 'msgpack' && value.kind === 'tag'
  if (!(value instanceof Map)) return Object.values(value).some((inner) => isBent(inner, to))
  const hasNumbers =
    to !== 'msgpack' && to !== 'cbor' && [...value.keys()].some((key) => typeof key !== 'string')
  return hasNumbers || [...value.values()].some((inner) => isBent(inner, to))
}
