/** Steps that make one message of another, or change one. */
import { EncodeError, type Message, PayloadRuleError } from '../../../src/index.ts'
import { bridged, DERIVATIONS, derived, forwarded } from './derive.ts'
import { changed, type Entry, entryOf, Finding, rulesFor } from './entry.ts'
import { type Plain, plainOf, reread } from './plain.ts'
import { givenTo, type Step } from './programs.ts'
import { type Schema, schemaOf } from './schema.ts'
import type { Shadow } from './shadow.ts'
import { attempt, must } from './trips.ts'
import { classOf, OWN, pick, setAttribute, shadowOf, type World } from './world.ts'

/** Builds a message. */
export function make({ pool }: World, { name, attributes }: Step & { op: 'make' }): boolean {
  const shadow = shadowOf(name, attributes)
  const message = must(`new ${name}`, () => new (classOf(shadow.schema))(attributes))
  pool.push(entryOf(message, shadow, -1, [...Object.keys(attributes), ...OWN]))
  return true
}

/** Attributes that other ones depend on: a message is built with all of them, or with none. */
const RULED = /^(?:roles|resum|subscription$|registration$|ppt_|match$|signature$)/

/** Sets an attribute. */
export function set(world: World, { on, name, kind, value }: Step & { op: 'set' }): boolean {
  const entry = pick(world, on)
  if (entry?.shadow == null) return false
  const { schema } = entry.shadow
  if (name === 'args' || name === 'kwargs' || name === 'payload')
    return setPayload(entry, schema, name, value)
  if (RULED.test(name) || (name === 'request' && /^Un/.test(schema.className))) return false
  const attribute = schema.attributes.find((known) => known.name === name)
  if (kind !== null && (attribute?.kind !== kind || (attribute.isPosition && value === null))) return false
  if (name === 'custom' && !hasOptions(schema)) return false
  // In the other dialect they are written and not read.
  if (name.startsWith('enc_') && entry.shadow.mode === 'ppt') return false
  // An empty payload is not written, and what describes it neither.
  return setAttribute(entry, name, value)
}

/** Whether the message has a dictionary for keys of anybody's making. */
export function hasOptions({ className, attributes }: Schema): boolean {
  return className !== 'Challenge' && className !== 'Authenticate' && attributes.some((a) => !a.isPosition)
}

function setPayload(
  entry: Entry,
  { payload }: Schema,
  name: 'args' | 'kwargs' | 'payload',
  value: unknown,
): boolean {
  const { message, shadow, own } = entry
  if (shadow === null || payload === 'none' || (payload === 'args' && name === 'payload')) return false
  if (shadow.mode === 'ppt') return false
  const isExcluded =
    value !== null &&
    (name === 'payload' ? shadow.args !== null || shadow.kwargs !== null : shadow.payload !== null)
  if (isExcluded) {
    const error = attempt('set', () => {
      message[name] = value
    })
    if (!(error instanceof PayloadRuleError)) throw new Finding('a payload beside args', String(error))
    return true
  }
  must(`set ${name}`, () => {
    message[name] = value
  })
  changed(entry)
  // All three are read before one is replaced, and are JavaScript values from then on.
  for (const other of ['args', 'kwargs'] as const) {
    if (!own.has(other)) shadow[other] = reread(shadow[other], rulesFor(entry))
    own.add(other)
  }
  if (name === 'payload') shadow.payload = value as Uint8Array | null
  else shadow[name] = plainOf(value)
  own.add(name)
  return true
}

type From = (source: Message, given: object) => Message

/** `X.from(message, {...})`. */
export function derive(world: World, { on, given }: Step & { op: 'derive' }): boolean {
  const entry = pick(world, on)
  const rule = DERIVATIONS[entry?.shadow?.schema.className ?? '']
  if (entry === null || entry.shadow === null || rule === undefined) return false
  const schema = schemaOf(rule.target)
  const taken = givenTo(rule.target, entry.shadow.schema.className, given)
  const { from } = classOf(schema) as { from?: From }
  const message = must(`${rule.target}.from`, () =>
    (from as From).call(classOf(schema), entry.message, taken),
  )
  const plain = new Map(Object.entries(taken).map(([name, value]): [string, Plain] => [name, plainOf(value)]))
  world.pool.push({
    ...entryOf(message, derived(entry.shadow, plain), entry.codec, [...entry.own, ...plain.keys()]),
    chunk: entry.chunk,
  })
  return true
}

const REQUESTS: readonly string[] = [
  'Publish',
  'Subscribe',
  'Unsubscribe',
  'Call',
  'Register',
  'Unregister',
  'Invocation',
]

/** `ErrorMessage.reply(message, ...)`. */
export function reply(world: World, { on, given }: Step & { op: 'reply' }): boolean {
  const entry = pick(world, on)
  if (entry?.shadow == null || !REQUESTS.includes(entry.shadow.schema.className)) return false
  const Reply = classOf(schemaOf('Error')) as unknown as {
    reply(to: Message, uri: string, given: object): Message
  }
  const message = must('ErrorMessage.reply', () => Reply.reply(entry.message, 'com.example.no', given))
  const { code } = entry.shadow.schema
  const shadow = shadowOf('Error', given)
  shadow.attributes.set('request_type', code)
  shadow.attributes.set('request', entry.shadow.attributes.get('request') as Plain)
  shadow.attributes.set('error', 'com.example.no')
  world.pool.push(entryOf(message, shadow, -1, OWN))
  return true
}

/** `message.forward(hop)`. */
export function forward(world: World, { on, hop }: Step & { op: 'forward' }): boolean {
  const entry = pick(world, on)
  if (entry?.shadow == null || !entry.shadow.schema.hasHops) return false
  const message = must('forward', () => (entry.message as unknown as Forwarding).forward(hop))
  pushCopy(world, entry, message, forwarded(entry.shadow, plainOf(hop)), ['forward_for'])
  return true
}

interface Forwarding {
  forward(hop: unknown): Message
  toPpt(): Message
  toEnc(): Message
}

/** `message.toPpt()` and `message.toEnc()`. */
export function bridge(world: World, { on, to }: Step & { op: 'bridge' }): boolean {
  const entry = pick(world, on)
  if (entry?.shadow == null || entry.shadow.schema.payload !== 'any') return false
  const source = entry.message as unknown as Forwarding
  const made = attempt(`to ${to}`, () => (to === 'ppt' ? source.toPpt() : source.toEnc()))
  const wanted = bridged(entry.shadow, to)
  if (made instanceof Error) {
    if (wanted === null && made instanceof EncodeError) return true
    throw new Finding(`to ${to} refuses`, made.message)
  }
  if (wanted === null) throw new Finding(`to ${to}`, 'has no words for it and says nothing')
  pushCopy(world, entry, made, wanted, [])
  return true
}

function pushCopy(
  world: World,
  entry: Entry,
  message: Message,
  shadow: Shadow,
  own: readonly string[],
): void {
  world.pool.push({ ...entryOf(message, shadow, entry.codec, [...entry.own, ...own]), chunk: entry.chunk })
}

/** Steps that must not show. */
export function keep(world: World, { op, on }: Step & { op: 'detach' | 'uncache' | 'drop' }): boolean {
  const entry = pick(world, on)
  if (entry === null) return false
  if (op === 'uncache') entry.message.uncache()
  else if (op === 'drop') world.pool.splice(world.pool.indexOf(entry), 1)
  else detach(world, entry)
  return true
}

/**
 * Detaches a message, and those that were changed since they shared its frame; all others share what is copied. Then
 * the caller uses his buffer again.
 */
function detach({ pool }: World, entry: Entry): void {
  const { chunk } = entry
  const sharers = chunk.bytes === null ? [] : pool.filter((other) => other.chunk === chunk)
  for (const { message } of [entry, ...sharers.filter(({ message }) => message._frame === null)]) {
    must('detach', () => message.detach())
  }
  // Values that became the application's own may hold views of the frame (`binary: 'view'`).
  const isKept = sharers.some(
    ({ own, shadow }) => shadow?.payload == null && (own.has('args') || own.has('kwargs')),
  )
  // What was changed has let go of the frame, and cannot let go for those that still share it.
  if (chunk.bytes === null || entry.message._frame === null || isKept) return
  chunk.bytes.fill(0xff)
  chunk.bytes = null
}
