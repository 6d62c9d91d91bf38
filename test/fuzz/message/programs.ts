/** Programs: lists of steps on a few live messages, as plain data, so that they can be made smaller and printed. */
import { createRandom, type Random } from '../../support/random.ts'
import {
  type Attributes,
  randomAttribute,
  randomAttributes,
  randomCustom,
  randomHop,
  randomId,
  randomPayload,
  randomUri,
} from './generate.ts'
import { type Kind, SCHEMAS, type Schema, schemaOf } from './schema.ts'
import { POLICIES, WIRES } from './serializers.ts'
import { randomDict, randomList } from './values.ts'

/** How a frame is handed to `decode`. */
export type Input = 'bytes' | 'moved' | 'chunks' | 'text' | 'buffer'

/** One step. `on` is a message by its number; programs that were made smaller count modulo the messages there are. */
export type Step =
  | { readonly op: 'make'; readonly name: string; readonly attributes: Attributes }
  | {
      readonly op: 'peer'
      readonly name: string
      readonly attributes: Attributes
      readonly wire: number
      readonly codec: number
      readonly input: Input
      readonly seed: number
      readonly isRead: boolean
    }
  | {
      readonly op: 'encode'
      readonly on: number
      readonly wire: number
      readonly codec: number
      readonly order: number
      readonly into: number
      readonly input: Input
      readonly isRead: boolean
      readonly isKept: boolean
    }
  | { readonly op: 'read'; readonly on: number; readonly seed: number }
  | {
      readonly op: 'set'
      readonly on: number
      readonly name: string
      readonly kind: Kind | null
      readonly value: unknown
    }
  | { readonly op: 'derive'; readonly on: number; readonly given: Attributes }
  | { readonly op: 'reply'; readonly on: number; readonly given: Attributes }
  | { readonly op: 'forward'; readonly on: number; readonly hop: unknown }
  | { readonly op: 'bridge'; readonly on: number; readonly to: 'enc' | 'ppt' }
  | {
      readonly op: 'fanOut'
      readonly on: number
      readonly wires: readonly number[]
      readonly codec: number
      readonly given: Attributes
    }
  | { readonly op: 'batch'; readonly on: readonly number[]; readonly wire: number; readonly codec: number }
  | {
      readonly op: 'transcode'
      readonly on: number
      readonly from: number
      readonly to: number
      readonly codec: number
      readonly onLoss: 'report' | 'throw'
    }
  | { readonly op: 'losses'; readonly on: number; readonly wire: number; readonly codec: number }
  | { readonly op: 'transfer'; readonly on: number; readonly codec: number }
  | {
      readonly op: 'mutate'
      readonly on: number
      readonly wire: number
      readonly codec: number
      readonly seed: number
    }
  | { readonly op: 'detach' | 'uncache' | 'drop'; readonly on: number }

/** Messages that a program has at once. */
export const ALIVE = 6
const INPUTS: readonly Input[] = ['bytes', 'moved', 'chunks', 'text', 'buffer']
const PAYLOAD_SCHEMAS = SCHEMAS.filter(({ payload }) => payload === 'any')

/** Steps by weight. */
const WEIGHTS: readonly (readonly [Step['op'], number])[] = [
  ['make', 6],
  ['peer', 12],
  ['encode', 34],
  ['read', 10],
  ['set', 9],
  ['derive', 9],
  ['reply', 1],
  ['forward', 4],
  ['bridge', 3],
  ['fanOut', 2],
  ['batch', 3],
  ['transcode', 3],
  ['losses', 2],
  ['transfer', 3],
  ['mutate', 5],
  ['detach', 3],
  ['uncache', 2],
  ['drop', 1],
]
const OPS: readonly Step['op'][] = WEIGHTS.flatMap(([op, weight]) => Array<Step['op']>(weight).fill(op))

/** Program number `index` of a seed. */
export function programOf(seed: number, index: number): Step[] {
  const random = createRandom((seed ^ Math.imul(index + 1, 0x9e37_79b1)) >>> 0)
  // Some steps, so that two programs in a row do not begin alike.
  for (let i = 0; i < 3; i++) random.int(0, 1)
  const steps: Step[] = [random.int(0, 1) === 0 ? stepOf('make', random) : stepOf('peer', random)]
  for (let i = random.int(3, 9); i > 0; i--) steps.push(stepOf(random.pick(OPS), random))
  return steps
}

function anySchema(random: Random): Schema {
  return random.pick(random.int(0, 3) === 0 ? SCHEMAS : PAYLOAD_SCHEMAS)
}

function stepOf(op: Step['op'], random: Random): Step {
  const on = random.int(0, ALIVE - 1)
  const wire = random.int(0, WIRES.length - 1)
  const codec = anyCodec(random)
  const seed = random.int(0, 2 ** 31)
  switch (op) {
    case 'make': {
      const schema = anySchema(random)
      return { op, name: schema.className, attributes: randomAttributes(random, schema) }
    }
    case 'peer': {
      const schema = anySchema(random)
      const attributes = randomAttributes(random, schema)
      const input = random.pick(INPUTS)
      const isRead = random.int(0, 1) === 0
      return { op, name: schema.className, attributes, wire, codec, input, seed, isRead }
    }
    case 'encode': {
      // Mostly the codec that the message came from, as routers have one; -1 is that.
      const same = random.int(0, 3) > 0 ? -1 : codec
      const input = random.pick(INPUTS)
      const isRead = random.int(0, 2) === 0
      const isKept = random.int(0, 1) === 0
      const order = random.int(0, 23)
      return { op, on, wire, codec: same, order, into: anyCodec(random), input, isRead, isKept }
    }
    case 'read':
      return { op, on, seed }
    case 'set':
      return { op, on, ...randomSetting(random) }
    case 'derive':
      return { op, on, given: randomGiven(random) }
    case 'reply':
      return { op, on, given: randomPayload(random, 'args') }
    case 'forward':
      return { op, on, hop: randomHop(random) }
    case 'bridge':
      return { op, on, to: random.pick(['enc', 'ppt']) }
    case 'fanOut':
      return { op, on, wires: [wire, random.int(0, WIRES.length - 1)], codec, given: randomEvent(random) }
    case 'batch':
      return { op, on: [on, random.int(0, ALIVE - 1), random.int(0, ALIVE - 1)], wire, codec }
    case 'transcode':
      return {
        op,
        on,
        from: wire,
        to: random.int(0, WIRES.length - 1),
        codec,
        onLoss: random.int(0, 2) === 0 ? 'throw' : 'report',
      }
    case 'losses':
    case 'transfer':
      return { op, on, wire, codec }
    case 'mutate':
      return { op, on, wire, codec, seed }
    default:
      return { op, on }
  }
}

/** The default policies are the usual ones. */
function anyCodec(random: Random): number {
  return random.int(0, 1) === 0 ? random.int(0, 1) : random.int(0, POLICIES.length - 1)
}

/** An attribute and a value for it; messages without the attribute skip the step. */
function randomSetting(random: Random): { name: string; kind: Kind | null; value: unknown } {
  switch (random.int(0, 6)) {
    case 0:
      return { name: 'args', kind: null, value: random.int(0, 3) === 0 ? null : randomList(random, 3) }
    case 1:
      return { name: 'kwargs', kind: null, value: random.int(0, 3) === 0 ? null : randomDict(random, 3) }
    case 2:
      return { name: 'payload', kind: null, value: random.int(0, 3) === 0 ? null : random.bytes(60) }
    case 3:
      return { name: 'custom', kind: null, value: randomCustom(random) }
    case 4: {
      const name = random.pick(['enc_algo', 'enc_key', 'enc_serializer'])
      return { name, kind: null, value: random.pick([null, 'x_mine', name === 'enc_algo' ? 'xbr' : 'cbor']) }
    }
    default: {
      const attributes = anySchema(random).attributes.filter(({ name }) => !/^(?:enc|ppt)_/.test(name))
      const attribute = random.pick(attributes)
      const isPosition = attribute.isPosition && attribute.kind !== 'realm'
      const isNull = !isPosition && random.int(0, 4) === 0
      return {
        name: attribute.name,
        kind: attribute.kind,
        value: isNull ? null : randomAttribute(random, attribute),
      }
    }
  }
}

/** What is given to `from`: each class takes what it knows. */
function randomGiven(random: Random): Attributes {
  const given: Attributes = {
    request: randomId(random),
    registration: randomId(random),
    subscription: randomId(random),
    publication: randomId(random),
    request_type: random.pick([16, 48, 68]),
  }
  const some = (name: string, value: unknown): void => {
    if (random.int(0, 5) === 0) given[name] = random.int(0, 4) === 0 ? null : value
  }
  some('publisher', 7)
  some('publisher_authid', 'joe')
  some('topic', randomUri(random))
  some('retained', true)
  some('procedure', randomUri(random))
  some('timeout', 5000)
  some('caller', 2 ** 53)
  some('callee', 2 ** 40)
  some('callee_authid', '')
  some('progress', false)
  some('trustlevel', 3)
  some('mode', 'kill')
  some('reason', 'wamp.close.normal')
  some('forward_for', [randomHop(random)])
  return given
}

function randomEvent(random: Random): Attributes {
  const event: Attributes = { publication: randomId(random), publisher: randomId(random) }
  if (random.int(0, 1) === 0) event.publisher_authid = random.pick(['joe', ''])
  if (random.int(0, 2) === 0) event.forward_for = [randomHop(random)]
  return event
}

/** Names of attributes that `from` of a class takes. */
export function givenTo(target: string, source: string, given: Attributes): Attributes {
  const { attributes } = schemaOf(target)
  return Object.fromEntries(
    Object.entries(given).filter(([name]) => {
      const attribute = attributes.find((candidate) => candidate.name === name)
      if (attribute === undefined) return false
      if (!attribute.isPosition) return true
      return attribute.kind !== 'uri' && (source !== 'Publish' || target === 'Event')
    }),
  )
}
