/** Values on the wire as the model of the writers has them, and what independent readers make of them. */
import { Float64, Tagged } from '../../../src/payload/values.ts'

/** A float; `isTyped` when the application asked for one, which JSON writes in another way. */
export class Float {
  readonly value: number
  readonly isTyped: boolean

  constructor(value: number, isTyped: boolean) {
    this.value = value
    this.isTyped = isTyped
  }
}

export type Pair = readonly [key: Wire, value: Wire]

/** A map. */
export class Pairs {
  readonly pairs: readonly Pair[]

  constructor(pairs: readonly Pair[]) {
    this.pairs = pairs
  }
}

/** A CBOR tag. */
export class Tag {
  readonly tag: bigint
  readonly value: Wire

  constructor(tag: bigint, value: Wire) {
    this.tag = tag
    this.value = value
  }
}

/** A MsgPack extension. */
export class Ext {
  readonly type: number
  readonly bytes: Uint8Array

  constructor(type: number, bytes: Uint8Array) {
    this.type = type
    this.bytes = bytes
  }
}

/** A simple value of CBOR. */
export class Simple {
  readonly simple: number

  constructor(simple: number) {
    this.simple = simple
  }
}

/** A value; integers are BigInts. */
export type Wire =
  | null
  | boolean
  | string
  | bigint
  | Uint8Array
  | Float
  | Pairs
  | Tag
  | Ext
  | Simple
  | readonly Wire[]

/** The value as text, the same for equal values only. Maps by their keys: a format may sort them. */
export function shown(wire: Wire): string {
  if (typeof wire === 'bigint') return `${wire}n`
  if (typeof wire !== 'object' || wire === null) return JSON.stringify(wire)
  if (wire instanceof Uint8Array) return `<${Buffer.from(wire).toString('hex')}>`
  if (wire instanceof Float) return Object.is(wire.value, -0) ? '-0.0' : `${wire.value}.`
  if (wire instanceof Tag) return `${wire.tag}(${shown(wire.value)})`
  if (wire instanceof Ext) return `ext ${wire.type}(${shown(wire.bytes)})`
  if (wire instanceof Simple) return `simple ${wire.simple}`
  if (wire instanceof Pairs) return `{${wire.pairs.map((pair) => pair.map(shown).join(': ')).sort()}}`
  return `[${wire.map(shown)}]`
}

/** What our own reader has read under exact rules. */
export function wireOf(value: unknown): Wire {
  if (typeof value === 'number') {
    const isInteger = Number.isInteger(value) && Math.abs(value) <= 2 ** 53 && !Object.is(value, -0)
    return isInteger ? BigInt(value) : new Float(value, false)
  }
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value as Wire
  if (value instanceof Float64) return new Float(value.value, true)
  if (value instanceof Tagged) {
    if (value.kind === 'simple') return new Simple(Number(value.tag))
    if (value.kind === 'extension') return new Ext(Number(value.tag), value.value as Uint8Array)
    return new Tag(BigInt(value.tag), wireOf(value.value))
  }
  if (Array.isArray(value)) return value.map(wireOf)
  const entries = value instanceof Map ? [...value] : Object.entries(value)
  return new Pairs(entries.map(([key, item]) => [wireOf(key), wireOf(item)] as const))
}

/** The value as any reader can have it: all numbers as doubles, and texts without U+FEFF, which many drop. */
export function loose(wire: Wire): string {
  if (typeof wire === 'bigint') return `${Number(wire)}`
  if (typeof wire === 'string') return JSON.stringify(wire.replaceAll('\ufeff', ''))
  if (wire instanceof Float) return Object.is(wire.value, -0) ? '-0' : `${wire.value}`
  if (Array.isArray(wire)) return `[${wire.map(loose)}]`
  if (wire instanceof Pairs)
    return `{${wire.pairs.map(([key, value]) => `${loose(key)}: ${loose(value)}`).sort()}}`
  return shown(wire)
}

/** The same of what a reader of others has made. */
export function looseOf(value: unknown): string {
  if (typeof value === 'number') return loose(new Float(value, false))
  if (typeof value === 'bigint' || typeof value === 'string') return loose(value)
  if (value instanceof Uint8Array) return shown(value)
  if (Array.isArray(value)) return `[${value.map(looseOf)}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries: [unknown, unknown][] = value instanceof Map ? [...value] : Object.entries(value)
  return `{${entries.map(([key, item]) => `${looseOf(key)}: ${looseOf(item)}`).sort()}}`
}

/** True when two keys of a map are one to a reader in JavaScript, or a tag or simple value means something to it. */
export function isPeculiar(wire: Wire): boolean {
  if (wire instanceof Tag) return wire.tag === 2n || wire.tag === 3n || isPeculiar(wire.value)
  if (wire instanceof Simple) return wire.simple < 32
  if (wire instanceof Pairs) {
    const names = wire.pairs.map(([key]) => (typeof key === 'string' ? shown(key) : loose(key)))
    return new Set(names).size < names.length || wire.pairs.flat().some(isPeculiar)
  }
  return Array.isArray(wire) && wire.some(isPeculiar)
}

/** True when there is a tag, an extension, a simple value, or a key that is no text. */
export function isOurs(wire: Wire): boolean {
  if (wire instanceof Tag || wire instanceof Ext || wire instanceof Simple) return true
  if (wire instanceof Pairs)
    return wire.pairs.some(([key, value]) => typeof key !== 'string' || isOurs(value))
  return Array.isArray(wire) && wire.some(isOurs)
}
