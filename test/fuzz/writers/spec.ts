/**
 * What an application may hand to a writer, as plain data: `build.ts` makes it live, `model.ts` says what must become
 * of it, and a finding is printed in the notation of `textOf` after `smaller` has taken away what does not matter.
 */

/** What has no parts. */
export type Primitive = string | number | boolean | bigint | null | undefined

/** Something that is encoded while another value is: by a getter, or a `toJSON`. `codec` is the number of a codec. */
export interface Aside {
  readonly spec: Spec
  readonly codec: number
}

/**
 * Application code: it writes `id` into the record of calls, may encode something else, and gives a value, or throws
 * when that is null. Asked again, which no writer may do, a getter gives `later`.
 */
interface Asked {
  readonly id: number
  readonly gives: Spec | null
  readonly aside: Aside | null
}

export type Getter = Asked & { readonly is: 'getter'; readonly later: Spec }
export type Hole = { readonly is: 'hole' }
export type Item = Spec | Getter | Hole

/** How an array is made. */
export const ARRAYS = ['plain', 'plain', 'plain', 'subclass', 'realm', 'proxy'] as const
/** How an object is made. */
export const OBJECTS = ['plain', 'plain', 'plain', 'null', 'class', 'realm', 'proxy', 'frozen'] as const
/** How a Map is made. */
export const MAPS = ['plain', 'subclass', 'realm'] as const
/** What holds bytes. */
export const BYTES = [
  'Uint8Array',
  'Buffer',
  'subarray',
  'subclass',
  'realm',
  'shared',
  'resizable',
  'ArrayBuffer',
  'SharedArrayBuffer',
  'DataView',
] as const
/** Typed arrays that are arrays of numbers. */
export const NUMBERS = [
  'Int8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
] as const
/** What a `toJSON` is on. */
export const JSON_HOLDERS = ['own', 'class', 'array', 'map', 'null'] as const
/** Built-in objects that no format has. */
export const BUILTINS = [
  'Set',
  'WeakMap',
  'WeakSet',
  'WeakRef',
  'Promise',
  'RegExp',
  'Error',
  'Generator',
  'Blob',
  'URLSearchParams',
] as const
/** What a detached buffer is seen through. */
export const DETACHED = ['ArrayBuffer', 'Uint8Array', 'DataView', 'Float64Array'] as const

type OneOf<T extends readonly unknown[]> = T[number]

export type ArraySpec = { is: 'array'; how: OneOf<typeof ARRAYS>; id: number; items: readonly Item[] }
export type ObjectSpec = {
  is: 'object'
  how: OneOf<typeof OBJECTS>
  id: number
  entries: readonly (readonly [string, Spec | Getter])[]
}
export type MapSpec = { is: 'map'; how: OneOf<typeof MAPS>; entries: readonly (readonly [Spec, Spec])[] }
export type TaggedSpec = {
  is: 'tagged'
  kind: 'tag' | 'extension' | 'simple'
  tag: number | bigint
  value: Spec
}
export type JsonSpec = Asked & { is: 'json'; on: OneOf<typeof JSON_HOLDERS> }

/** A value of an application. `up` is the container so many levels around it: 1 is the next one. */
export type Spec =
  | { is: 'value'; value: Primitive }
  | { is: 'function' }
  | { is: 'symbol' }
  | ArraySpec
  | ObjectSpec
  | MapSpec
  | TaggedSpec
  | JsonSpec
  | { is: 'bytes'; how: OneOf<typeof BYTES>; bytes: readonly number[] }
  | { is: 'numbers'; how: OneOf<typeof NUMBERS>; numbers: readonly (number | bigint)[] }
  | { is: 'date'; time: number }
  | { is: 'float'; value: number }
  | { is: 'boxed'; value: string | number | boolean | bigint | symbol }
  | { is: 'builtin'; name: OneOf<typeof BUILTINS> }
  | { is: 'detached'; how: OneOf<typeof DETACHED> }
  | { is: 'sparse'; length: number }
  | { is: 'up'; levels: number }

/** The keys of an object in the order that JavaScript gives them: array indexes first, by their size. */
export function inOrder<T>(entries: readonly (readonly [string, T])[]): (readonly [string, T])[] {
  const isIndex = (key: string): boolean => /^(0|[1-9]\d{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1
  const indexes = entries.filter(([key]) => isIndex(key)).sort(([a], [b]) => Number(a) - Number(b))
  return [...indexes, ...entries.filter(([key]) => !isIndex(key))]
}

/** The values inside of a value, whatever holds them. */
export function partsOf(spec: Item): Item[] {
  switch (spec.is) {
    case 'array':
      return [...spec.items]
    case 'object':
      return spec.entries.map(([, item]) => item)
    case 'map':
      return spec.entries.flat()
    case 'tagged':
      return [spec.value]
    case 'json':
    case 'getter':
      return spec.gives === null ? [] : [spec.gives]
    default:
      return []
  }
}

/** True when it holds for the value or for anything inside. */
export function some(spec: Item, holds: (part: Item) => boolean): boolean {
  return holds(spec) || partsOf(spec).some((part) => some(part, holds))
}

/** The value as text, near to JavaScript. */
export function textOf(spec: Item): string {
  const how = 'how' in spec && spec.how !== 'plain' ? `${spec.how} ` : ''
  const asked = ({ gives, aside }: Asked): string => {
    const meanwhile = aside === null ? '' : `codec ${aside.codec} encodes ${textOf(aside.spec)}; `
    return `${meanwhile}${gives === null ? 'throw' : textOf(gives)}`
  }
  switch (spec.is) {
    case 'value':
      return primitiveText(spec.value)
    case 'array':
      return `${how}[${spec.items.map(textOf).join(', ')}]`
    case 'object':
      return `${how}{${spec.entries.map(([key, item]) => `${JSON.stringify(key)}: ${textOf(item)}`).join(', ')}}`
    case 'map':
      return `${how}Map{${spec.entries.map((pair) => pair.map(textOf).join(' => ')).join(', ')}}`
    case 'tagged':
      return `Tagged(${spec.kind} ${spec.tag}, ${textOf(spec.value)})`
    case 'json':
      return `toJSON on ${spec.on} (${asked(spec)})`
    case 'getter':
      return `get (${asked(spec)})`
    case 'bytes':
      return `${how}<${Buffer.from(spec.bytes).toString('hex')}>`
    case 'numbers':
      return `${how}[${spec.numbers.map(primitiveText).join(', ')}]`
    case 'date':
      return `Date(${spec.time})`
    case 'float':
      return `Float64(${primitiveText(spec.value)})`
    case 'boxed':
      return `Object(${typeof spec.value === 'symbol' ? 'Symbol()' : primitiveText(spec.value)})`
    case 'builtin':
      return spec.name
    case 'detached':
      return `detached ${spec.how}`
    case 'sparse':
      return `Array(${spec.length})`
    case 'up':
      return `up ${spec.levels}`
    default:
      return spec.is
  }
}

function primitiveText(value: Primitive): string {
  if (typeof value === 'string') {
    const runs = /^(.|\n)\1{40,}$/u.exec(value)
    return runs === null ? JSON.stringify(value) : `${JSON.stringify(runs[1])}.repeat(${value.length})`
  }
  if (typeof value === 'bigint') return `${value}n`
  return Object.is(value, -0) ? '-0' : String(value)
}

/** Makes a typed array. */
export function numbersOf(
  how: OneOf<typeof NUMBERS>,
  numbers: readonly (number | bigint)[],
): Iterable<number | bigint> {
  const made = globalThis[how] as unknown as { from(numbers: readonly unknown[]): Iterable<number | bigint> }
  return made.from(numbers)
}

/** Values that are a step smaller, the smallest first. A getter or hole is never the whole value. */
export function* smaller(spec: Item): Generator<Spec> {
  for (const item of smallerItems(spec)) if (item.is !== 'getter' && item.is !== 'hole') yield item
}

function* smallerItems(spec: Item): Generator<Item> {
  yield* partsOf(spec)
  switch (spec.is) {
    case 'array':
      yield* shorter(spec.items, smallerItems, (items) => ({ ...spec, items }))
      if (spec.how !== 'plain') yield { ...spec, how: 'plain' }
      break
    case 'object':
      yield* shorter(spec.entries, entriesWith, (entries) => ({ ...spec, entries }))
      if (spec.how !== 'plain') yield { ...spec, how: 'plain' }
      break
    case 'map':
      yield* shorter(
        spec.entries,
        function* ([key, value]) {
          for (const less of smaller(value)) yield [key, less] as const
        },
        (entries) => ({ ...spec, entries }),
      )
      if (spec.how !== 'plain') yield { ...spec, how: 'plain' }
      break
    case 'tagged':
      for (const value of smaller(spec.value)) yield { ...spec, value }
      break
    case 'json':
    case 'getter':
      if (spec.aside !== null) yield { ...spec, aside: null }
      if (spec.aside !== null)
        for (const less of smaller(spec.aside.spec)) yield { ...spec, aside: { ...spec.aside, spec: less } }
      if (spec.gives !== null) for (const gives of smaller(spec.gives)) yield { ...spec, gives }
      break
    case 'bytes':
      if (spec.bytes.length > 0) yield { ...spec, bytes: spec.bytes.slice((spec.bytes.length + 1) >> 1) }
      if (spec.how !== 'Uint8Array') yield { ...spec, how: 'Uint8Array' }
      break
    case 'numbers':
      if (spec.numbers.length > 0)
        yield { ...spec, numbers: spec.numbers.slice((spec.numbers.length + 1) >> 1) }
      break
    case 'value':
      if (typeof spec.value === 'string' && spec.value !== '') {
        if (spec.value.length > 1) yield { is: 'value', value: spec.value.slice(spec.value.length >> 1) }
        yield { is: 'value', value: spec.value.slice(0, -1) }
        yield { is: 'value', value: spec.value.slice(1) }
      }
  }
}

function* entriesWith([key, item]: readonly [string, Spec | Getter]): Generator<
  readonly [string, Spec | Getter]
> {
  for (const less of smallerItems(item)) if (less.is !== 'hole') yield [key, less]
}

/** Half of the parts, all but one, and all with a smaller one. */
function* shorter<T, R>(
  parts: readonly T[],
  less: (part: T) => Iterable<T>,
  make: (parts: readonly T[]) => R,
): Generator<R> {
  const half = parts.length >> 1
  if (half > 1) {
    yield make(parts.slice(0, half))
    yield make(parts.slice(half))
  }
  for (let i = 0; i < parts.length; i++) yield make(parts.toSpliced(i, 1))
  for (const [i, part] of parts.entries()) for (const each of less(part)) yield make(parts.with(i, each))
}
