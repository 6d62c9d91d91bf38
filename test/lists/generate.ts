/** Random lists of all messages: right ones, and such as are wrong in one place or in several. */
import type { Kind, MessageTable, Option, PositionKind } from '../../src/message/table.ts'
import { TABLES } from '../../src/message/tables.ts'
import type { Random } from '../support/random.ts'
import { VALUES } from '../unit/message/classes.ts'

const URIS = ['com.example', 'a', 'com.example.topic', 'é.ü', 'a.b_c.d9', 'x'.repeat(60)]
const BAD_URIS = ['', 'a b', 'a..b', 'a.', '#', '\0a', '\ud800', 'A.B', null, 1, 16]
const PATTERNS = ['a..b', 'com.', '.', '']
const IDS = [0, 1, 23, 24, 255, 256, 65535, 65536, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1, 2 ** 53]
const BAD_IDS = [-1, 0.5, 2 ** 53 + 2, -0, Number.NaN, '1', 1n, null, undefined, true, [1]]
const JUNK = [
  null,
  undefined,
  0,
  1.5,
  'text',
  [],
  {},
  [1],
  { a: 1 },
  new Uint8Array(2),
  true,
  new Map([['a', 1]]),
]

/** What can be wrong with a list: one in so many is. */
const SELDOM = 12

/** A list of any message; seldom one that is none at all. */
export function anyList(random: Random): unknown {
  if (random.int(0, 200) === 0)
    return random.pick([null, 'a', {}, [], [[]], ['16', 1], [999, 1], [1.5], [337.5]])
  const table = random.pick(TABLES)
  const list: unknown[] = [table.name === 'EVENT_RECEIVED' && random.int(0, 1) === 0 ? 37 : table.code]
  for (const { kind } of table.positions) list.push(position(table, kind, random))
  if (table.positions.at(-1)?.kind === 'options?' && random.int(0, 1) === 0) list.pop()
  if (random.int(0, 2) > 0) list.push(...payload(table, random))
  if (random.int(0, SELDOM) === 0) list[random.int(0, list.length - 1)] = random.pick(JUNK)
  if (random.int(0, SELDOM) === 0) list.push(random.pick(JUNK))
  if (random.int(0, SELDOM) === 0) list.splice(random.int(0, list.length - 1), 1)
  return list
}

function isSeldom(random: Random): boolean {
  return random.int(0, SELDOM) === 0
}

function position(table: MessageTable, kind: PositionKind, random: Random): unknown {
  switch (kind) {
    case 'id':
      return random.pick(isSeldom(random) ? BAD_IDS : IDS)
    case 'requestType':
      return random.pick(isSeldom(random) ? [1, '48', null, 48.5] : [16, 32, 34, 48, 64, 66, 68])
    case 'realm':
      return random.int(0, 3) === 0 ? null : random.pick(isSeldom(random) ? BAD_URIS : URIS)
    case 'uri':
      if (random.int(0, 6) === 0) return random.pick(PATTERNS)
      return random.pick(isSeldom(random) ? BAD_URIS : URIS)
    case 'text':
      return isSeldom(random) ? random.pick([1, null, '\ud800', '\0a']) : random.text()
    case 'dict':
      return isSeldom(random) ? random.pick(JUNK) : dictionary(random)
    default:
      return isSeldom(random) ? random.pick(JUNK) : options(table, random)
  }
}

function dictionary(random: Random): Record<string, unknown> {
  return { a: random.value(2, { bytes: true, bigints: true }), b: random.pick([null, undefined, 1]) }
}

function options(table: MessageTable, random: Random): unknown {
  const given: Record<string, unknown> = {}
  const add = (key: string, value: unknown): unknown => Reflect.set(given, key, value)
  // Without them there is no HELLO and no WELCOME.
  if (table.name === 'HELLO' || table.name === 'WELCOME') add('roles', { publisher: {}, broker: {} })
  if (random.int(0, 1) === 0) {
    for (let i = random.int(1, 3); i > 0; i--) {
      const option = table.options.length > 0 ? random.pick(table.options) : undefined
      if (option !== undefined) add(nameOf(option, random), optionValue(option.kind, random))
    }
  }
  if (isSeldom(random)) add(random.pick(['x_mine', '_mine', 'other', '__proto__']), random.value(2))
  if (isSeldom(random)) add('undefined', undefined)
  if (isSeldom(random)) {
    return random.pick([
      new Map(Object.entries(given)),
      Object.assign(Object.create(null), given),
      Object.create(given),
    ])
  }
  return given
}

function nameOf({ key, attribute }: Option, random: Random): string {
  return random.int(0, 9) === 0 ? attribute : key
}

function optionValue(kind: Kind, random: Random): unknown {
  const [right, wrong] = VALUES[kind]
  if (random.int(0, 9) === 0) return random.pick([null, undefined, '', 0, false, {}, []])
  return random.pick(isSeldom(random) ? wrong : right)
}

/** What follows the positions: args, kwargs, or what stands in their place. */
function payload(table: MessageTable, random: Random): unknown[] {
  if (table.payload === 'none' && !isSeldom(random)) return []
  const values = { bytes: true, bigints: true }
  const args = (): unknown[] => Array.from({ length: random.int(0, 3) }, () => random.value(2, values))
  const kwargs = (): unknown => {
    const given = random.pick<unknown>([{}, { a: 1 }, { a: undefined }, dictionary(random), null, undefined])
    return isSeldom(random) ? random.pick([...JUNK, new Map([[1, 2]]), new Map([['a', [1]]])]) : given
  }
  switch (random.int(0, 7)) {
    case 0:
      return [random.bytes()]
    case 1:
      return [[random.bytes()], ...random.pick([[], [{}], [{ a: 1 }]])]
    case 2:
      return [random.pick([null, undefined]), kwargs()]
    case 3:
      return [random.pick(JUNK)]
    case 4:
    case 5:
      return [args()]
    default:
      return [args(), kwargs()]
  }
}

/** The bytes with something changed in them: one byte or a few, cut off, doubled or put in. */
export function mutated(bytes: Uint8Array, random: Random): Uint8Array {
  const changed = [...bytes]
  for (let i = random.int(1, 2); i > 0; i--) {
    const at = random.int(0, Math.max(0, changed.length - 1))
    switch (random.int(0, 4)) {
      case 0:
        changed[at] = random.int(0, 255)
        break
      case 1:
        changed[at] = (changed[at] ?? 0) ^ (1 << random.int(0, 7))
        break
      case 2:
        changed.splice(at, random.int(1, 3))
        break
      case 3:
        changed.splice(at, 0, random.pick([0, 0x80, 0xa0, 0xc0, 0xf6, 0xf7, 0xff, 0x20, 0x22, 0x2c, 0x31]))
        break
      default:
        changed.splice(at, 0, ...changed.slice(at, at + random.int(1, 4)))
    }
  }
  return Uint8Array.from(changed)
}
