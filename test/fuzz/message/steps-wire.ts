/** Steps in which a message is written to bytes and read again. */
import { EncodeError, FanOut, type Message, type Publish, type Transferred } from '../../../src/index.ts'
import { createRandom } from '../../support/random.ts'
import { derived } from './derive.ts'
import { checkEntry, type Entry, entryOf, Finding } from './entry.ts'
import { peerFrame } from './peer.ts'
import { canWriteFlat, peerFlatFrame } from './peer-flat.ts'
import { ATTRIBUTE_RULES, type Plain, plainOf, reread, softened } from './plain.ts'
import type { Step } from './programs.ts'
import { POLICIES, WIRES, type Wire } from './serializers.ts'
import {
  asList,
  brokenRule,
  copyOf,
  differences,
  type Shadow,
  throughFlatBuffers,
  throughList,
} from './shadow.ts'
import { attempt, hex, isOurs, keptBy, must, mutated, nameOf, readBack, tripOf, written } from './trips.ts'
import { codecOf, pick, shadowOf, type World } from './world.ts'

/** A frame of a peer. */
export function peer(world: World, step: Step & { op: 'peer' }): boolean {
  const { name, attributes, wire: number, codec, input, seed, isRead } = step
  const wire = WIRES[number] as Wire
  if (wire.isBatched || (wire.isFlat && !canWriteFlat(name))) return false
  const { format, isFlat } = wire
  const trip = isFlat
    ? throughFlatBuffers(shadowOf(name, attributes), format)
    : throughList(shadowOf(name, attributes), format)
  if (trip.refused !== null) return false
  const { shadow } = trip
  // enc_* that have lost what they need are no valid frame of a strict peer.
  const random = createRandom(seed)
  const frame = isFlat ? peerFlatFrame(shadow, format, random) : peerFrame(shadow, format, random)
  world.pool.push(readBack(world.codecs, frame, shadow, { codec, wire: number, input, isRead }))
  return true
}

/** Written in all ways and read again. */
export function encode(world: World, step: Step & { op: 'encode' }): boolean {
  const entry = pick(world, step.on)
  if (entry === null) return false
  const codec = step.codec < 0 ? codecOf(entry) : step.codec
  const frame = written(world.codecs, entry, codec, step.wire, step.order)
  if (frame === null) return true
  const { into, wire, input, isKept, isRead } = step
  if (entry.shadow === null) {
    readUnknown(world, frame, into, wire)
    return true
  }
  const back = arrival(world, entry as Known, frame, codec, into, wire, input, isRead || !isKept)
  if (isKept) world.pool.push(back)
  return true
}

type Known = Entry & { readonly shadow: Shadow }

/** What arrives of a message that was written. */
function arrival(
  world: World,
  entry: Known,
  frame: Uint8Array,
  from: number,
  codec: number,
  wireNumber: number,
  input: (Step & { op: 'encode' })['input'],
  isRead: boolean,
): Entry {
  const wire = WIRES[wireNumber] as Wire
  const trip = tripOf(entry.shadow, wire)
  if (trip.refused !== null) throw new Finding('the model', trip.refused)
  const isReference = wire.options.profile === 'autobahn'
  const losses = isReference ? lossNames(world, entry.message, from, wireNumber) : null
  return readBack(world.codecs, frame, trip.shadow, { codec, wire: wireNumber, input, isRead, losses })
}

/** The attributes that a report of losses names. */
function lossNames(world: World, message: Message, codec: number, wire: number): Set<string> {
  const serializer = world.codecs.serializer(codec, wire)
  const report = must('lossReport', () => world.codecs.all[codec]?.lossReport(message, serializer) ?? [])
  return new Set(report.map(({ path }) => path.replace(/[.[].*$/s, '')))
}

function readUnknown(world: World, frame: Uint8Array, codec: number, wire: number): void {
  const message = attempt('decode of a changed frame', () =>
    world.codecs.serializer(codec, wire).decode(frame),
  )
  if (!(message instanceof Error)) world.pool.push(entryOf(message, null, codec))
}

/** Several messages in one frame. */
export function batch(world: World, { on, wire: number, codec }: Step & { op: 'batch' }): boolean {
  const wire = WIRES[number] as Wire
  const entries = on.map((one) => pick(world, one)).filter((entry): entry is Known => entry?.shadow != null)
  const good = entries.filter(({ shadow }) => tripOf(shadow, wire).refused === null)
  if (!wire.isBatched || good.length < 2) return false
  const serializer = world.codecs.serializer(codec, number)
  const frame = must('encodeAll', () => serializer.encodeAll(good.map(({ message }) => message)))
  const read = must('decodeAll', () => serializer.decodeAll(frame))
  if (read.length !== good.length)
    throw new Finding('decodeAll', `${read.length} messages, not ${good.length}`)
  for (const [i, message] of read.entries()) {
    const trip = tripOf((good[i] as Known).shadow, wire)
    if (trip.refused !== null) continue
    const entry = entryOf(message, keptBy(trip.shadow, codec), codec)
    if (i === 0) must('a message of a batch', () => checkEntry(entry, 'in a batch'))
    world.pool.push(entry)
  }
  return true
}

/** `codec.transcodeMessage`. */
export function transcode(world: World, step: Step & { op: 'transcode' }): boolean {
  const { from, to, codec, onLoss } = step
  const entry = pick(world, step.on)
  const [source, target] = [WIRES[from] as Wire, WIRES[to] as Wire]
  if (entry?.shadow == null || isReference(source) || isReference(target)) return false
  const first = tripOf(entry.shadow, source)
  const frame = written(world.codecs, entry, codecOf(entry), from)
  if (frame === null || first.refused !== null) return false
  const [a, b] = [world.codecs.serializer(codec, from), world.codecs.serializer(codec, to)]
  const made = attempt('transcodeMessage', () =>
    (world.codecs.all[codec] as { transcodeMessage: Transcode }).transcodeMessage(frame, {
      from: a,
      to: b,
      onLoss,
    }),
  )
  const read = keptBy(first.shadow, codec)
  const second = tripOf(read, target)
  const isLossy = second.refused !== null || differences(read, keptBy(second.shadow, codec)).length > 0
  const isRefused = second.refused !== null || (onLoss === 'throw' && isLossy)
  const name = `transcodeMessage from ${nameOf(source)} to ${nameOf(target)}, ${onLoss}`
  if (made instanceof Error) {
    if (isRefused) return true
    throw new Finding(`${name} refuses`, made.message)
  }
  if (isRefused) throw new Finding(`${name} writes what it must refuse`, String(second.refused))
  if (second.refused !== null) return true
  const isRead = true
  world.pool.push(readBack(world.codecs, made, second.shadow, { codec, wire: to, input: 'bytes', isRead }))
  return true
}

type Transcode = (frame: Uint8Array, way: object) => Uint8Array

function isReference({ options }: Wire): boolean {
  return options.profile === 'autobahn'
}

/** A report names what is lost, and nothing else. */
export function losses(world: World, { on, wire: number, codec }: Step & { op: 'losses' }): boolean {
  const entry = pick(world, on)
  const wire = WIRES[number] as Wire
  if (entry?.shadow == null || isReference(wire) || (POLICIES[codec]?.unknownKeys ?? 'keep') !== 'keep')
    return false
  // In FlatBuffers it depends on where it comes from whether such a message is refused.
  if (wire.isFlat && brokenRule(entry.shadow) !== null) return false
  const names = lossNames(world, entry.message, codec, number)
  const trip = tripOf(entry.shadow, wire)
  if (trip.refused !== null) {
    if (names.size === 0) throw new Finding(`lossReport for ${nameOf(wire)} is empty`, trip.refused)
    return true
  }
  const lost = differences(entry.shadow, trip.shadow)
  for (const name of lost) {
    if (!names.has(name)) throw new Finding(`lossReport for ${nameOf(wire)} does not name ${name}`, '')
  }
  for (const name of names) {
    if (!lost.includes(name))
      throw new Finding(`lossReport for ${nameOf(wire)} names ${name}`, 'which arrives')
  }
  return true
}

/** One publication for many subscriptions. */
export function fanOut(world: World, { on, wires, codec, given }: Step & { op: 'fanOut' }): boolean {
  const entry = pick(world, on)
  if (entry?.shadow?.schema.className !== 'Publish') return false
  const fan = new FanOut(
    world.codecs.all[codec] as ConstructorParameters<typeof FanOut>[0],
    entry.message as unknown as Publish,
    given as unknown as ConstructorParameters<typeof FanOut>[2],
  )
  for (const [i, number] of wires.entries()) {
    const wire = WIRES[number] as Wire
    const serializer = world.codecs.serializer(codec, number)
    for (const receiver of [
      { subscription: 7 + i },
      { subscription: 2 ** 53, topic: true },
      { subscription: 7 + i, disclose: true, retained: true },
    ]) {
      const what = `fan-out to ${nameOf(wire)}`
      const bytes = attempt(what, () => fan.bytes(serializer, receiver))
      const attributes = eventAttributes(entry as Known, given, receiver)
      const trip = tripOf(derived((entry as Known).shadow, attributes), wire)
      if (bytes instanceof Error) {
        const mayRefuse = isReference(wire) || brokenRule((entry as Known).shadow) !== null
        if (trip.refused === null && !mayRefuse) throw new Finding(`${what} refuses`, bytes.message)
        return true
      }
      if (trip.refused !== null) throw new Finding(`${what} writes what it must refuse`, trip.refused)
      const parts = Buffer.concat(fan.parts(serializer, receiver))
      if (Buffer.compare(parts, bytes) !== 0)
        throw new Finding(`${what} in parts`, `${hex(parts)}, not ${hex(bytes)}`)
      if (fan.byteLength(serializer, receiver) !== bytes.length) throw new Finding(`${what}: byteLength`, '')
      if (isReference(wire)) continue
      readBack(world.codecs, bytes, trip.shadow, { codec, wire: number, input: 'bytes', isRead: true })
    }
  }
  return true
}

function eventAttributes(
  { shadow }: Known,
  given: Readonly<Record<string, unknown>>,
  {
    subscription,
    topic,
    disclose,
    retained,
  }: { subscription: number; topic?: boolean; disclose?: boolean; retained?: boolean },
): Map<string, Plain> {
  const attributes = new Map<string, Plain>([['subscription', subscription]])
  for (const [name, value] of Object.entries(given)) {
    if (!name.startsWith('publisher') || disclose === true) attributes.set(name, plainOf(value))
  }
  if (retained !== undefined) attributes.set('retained', retained)
  if (topic === true) attributes.set('topic', shadow.attributes.get('topic') as Plain)
  return attributes
}

/** To another thread. */
export function transfer(world: World, { on, codec }: Step & { op: 'transfer' }): boolean {
  const entry = pick(world, on)
  if (entry === null) return false
  const sent = attempt('toTransferable', () => structuredClone(entry.message.toTransferable()))
  if (sent instanceof Error) {
    // What a list cannot say is not put into one.
    const isRefused = entry.shadow === null || throughList(entry.shadow, 'cbor').refused !== null
    if (isRefused) return true
    throw new Finding('toTransferable refuses', sent.message)
  }
  const read = (): Message =>
    (world.codecs.all[codec] as { fromTransferable: FromTransferable }).fromTransferable(sent)
  if (entry.shadow === null) {
    const made = attempt('fromTransferable', read)
    if (!(made instanceof Error)) world.pool.push(entryOf(made, null, codec))
    return true
  }
  const message = must('fromTransferable', read)
  // Whether a message has a frame that says all of it is its own business: it arrives as it is, or as it reads.
  const shadows = [copyOf(entry.shadow), reframed(entry as Known)].map((shadow) =>
    keptBy(soft(shadow), codec),
  )
  // The frame travels as it is, with keys that this codec does not show.
  if ((POLICIES[entry.codec]?.unknownKeys ?? 'keep') !== 'keep') {
    for (const shadow of shadows) shadow.custom = plainOf(message.custom) as Shadow['custom']
  }
  const [first, second] = shadows.map((shadow) => entryOf(message, shadow, codec)) as [Entry, Entry]
  const back = isGood(first) ? first : second
  must('a transferred message', () => checkEntry(back, 'transferred'))
  world.pool.push(back)
  return true
}

type FromTransferable = (sent: Transferred) => Message

function isGood(entry: Entry): boolean {
  try {
    checkEntry(entry, '')
    return true
  } catch (error) {
    if (error instanceof Finding) return false
    throw error
  }
}

/** A message without a frame of its own is written as it reads. */
function reframed({ own, shadow }: Known): Shadow {
  const again = (name: string, value: Plain): Plain =>
    own.has(name) ? value : reread(value, ATTRIBUTE_RULES)
  const attributes = new Map(
    [...shadow.attributes].map(([name, value]): [string, Plain] => [name, again(name, value)]),
  )
  const custom = again('custom', shadow.custom as Plain) as Shadow['custom']
  // args and kwargs that nobody has set are taken from their bytes, exactly.
  const trip = asList({ ...shadow, attributes, custom }, 'cbor')
  if (trip.refused !== null) throw new Finding('the model', trip.refused)
  return trip.shadow
}

function soft(shadow: Shadow): Shadow {
  const attributes = new Map([...shadow.attributes].map(([name, value]) => [name, softened(value)]))
  const custom = softened(shadow.custom as Plain) as Shadow['custom']
  return { ...shadow, attributes, custom, args: softened(shadow.args), kwargs: softened(shadow.kwargs) }
}

/** A frame that was changed by chance: it is refused, or is some message. */
export function mutate(world: World, { on, wire: number, codec, seed }: Step & { op: 'mutate' }): boolean {
  const entry = pick(world, on)
  if (entry === null) return false
  const serializer = world.codecs.serializer(codecOf(entry), number)
  let frame: Uint8Array
  try {
    frame = serializer.encode(entry.message)
  } catch (error) {
    if (error instanceof EncodeError || isOurs(error)) return true
    throw error
  }
  const bytes = mutated(frame, seed)
  readUnknown(world, bytes, codec, number)
  try {
    void world.codecs.all[codec]?.peek(bytes, (WIRES[number] as Wire).id)
    world.codecs.all[codec]?.trace(bytes, world.codecs.serializer(codec, number))
    world.codecs.serializer(codec, number).scanInto(bytes, new Int32Array(16))
  } catch (error) {
    if (!isOurs(error)) throw new Finding('a changed frame', String(error))
  }
  return true
}
