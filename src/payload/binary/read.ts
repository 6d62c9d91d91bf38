/**
 * MsgPack to JavaScript values in one pass that checks everything: bounds, UTF-8, depth, number of values, and the
 * policy. It needs no kernel. build/cbor-reader.mjs makes the same for CBOR of it.
 * Here is what is common, under common rules. `fallback` hands over one value to the complete reader (any-reader.ts),
 * and what is wrong is read by it once more, from the start, for the error.
 */
import { isWampCodecError } from '../../errors.ts'
import { DEFAULT_POLICY } from '../../limits.ts'
import { asBuffer } from '../buffers.ts'
import { newDictionary } from '../data-keys.ts'
import { type DecodeRules, setOwn } from '../decode-value.ts'
import type { PayloadValues } from '../format.ts'
import type { ReadKey } from '../read-key.ts'
import { arrayOf, SORT_DOUBLE } from '../templates.ts'
import { viewOf } from '../utf8.ts'
import { AnyMap } from './any-map.ts'
import type { AnyReader, CompleteReader } from './any-reader.ts'
import { isCommon } from './common-rules.ts'
import { halfFloat } from './half-float.ts'
import { CBOR_HEADS, isMap, keyHeadAt, keySizeAt, MSGPACK_HEADS, SORTS } from './heads.ts'
import { BinaryKeys, guessAt } from './keys.ts'
import { lengthAt, readDoubles, uint64At } from './numbers.ts'
import { forgetPart, textAt } from './parts.ts'
import { bytes, close, end, isBusy, load, open, shift, soft, source, sourceEnd, view } from './window.ts'

/**
 * 0 for MsgPack; in the copy for CBOR it is 1. A copy for each format: engines learn of each by itself what comes, and
 * which bytes mean what is straight code (1.5 times as fast as one reader with tables, Node 24, x86-64, 2026).
 */
const CBOR: number = 0

/** The first byte of a float of 64 bits. */
const DOUBLE = CBOR ? 0xfb : 0xcb

/** Maps with more pairs are dictionaries, whose keys are data. */
const MAX_PAIRS = 64

/** Arrays of more elements grow as they are read. */
const MAX_AT_ONCE = 1 << 20

/** The index of the next byte. */
let at = 0
/** Containers that are open, and values that may come. */
let levels = 0
let nodes = 0
let rules: DecodeRules = DEFAULT_POLICY
let maxDepth = 0
/** Whether the rules are common. */
let isPlain = false
/** Whether only common lists are read, and whether this is the head of one. */
let isStrict = false
let isHead = false
/** Whether all keys of the outermost map are texts. */
let isNamed = false
let complete: CompleteReader
const keys = new BinaryKeys()

/** Thrown where an assignment may have done something else, and for what is not common. */
const MEDDLED: unique symbol = Symbol('meddled')
/** Stands for the value that could not be read. */
const FAILED: unique symbol = Symbol('failed')

/** The one value that fills `from[start, stop)`. Throws as the complete reader of the format does. */
export function readBinary(
  of: CompleteReader,
  from: Uint8Array,
  start: number,
  stop: number,
  given: DecodeRules,
): unknown {
  // In the middle of another value: in a setter that is on Object.prototype.
  if (isBusy) return of(from, start, stop, given).whole()
  adopt(given)
  if (!isPlain || !(start >= 0 && start <= stop && stop <= from.length)) {
    return of(from, start, stop, given).whole()
  }
  const result = attempt(of, from, start, stop, 0)
  // Malformed, mostly; or the same key twice. The complete reader says what is wrong.
  return result === FAILED ? of(from, start, stop, given).whole() : result
}

/**
 * The list of a message in `from[start, stop)` that is common; null for any other, and for one that is wrong. The rules
 * are common ones, but that floats are exact in the head: in that are none, nor tags, bignums and `undefined`. Keys of
 * options and kwargs are texts.
 */
export function readCommonList(
  of: CompleteReader,
  from: Uint8Array,
  start: number,
  stop: number,
  given: DecodeRules,
): unknown[] | null {
  if (isBusy) return null
  isStrict = true
  adopt(given)
  const result = attempt(of, from, start, stop, 0)
  isStrict = false
  return result === FAILED ? null : (result as unknown[])
}

/**
 * args, or args and kwargs, as the `count` values that fill `from[start, stop)`; null for what needs the fallback, also
 * when it is empty, and for what is wrong. The rules are common ones.
 */
export function readPayload(
  of: CompleteReader,
  from: Uint8Array,
  start: number,
  stop: number,
  count: number,
  given: DecodeRules,
): PayloadValues | null {
  if (isBusy) return null
  adopt(given)
  const result = attempt(of, from, start, stop, count)
  isNamed = false
  return result === FAILED ? null : (result as PayloadValues)
}

/** The value, or that of a payload of `count` values, or FAILED. */
function attempt(of: CompleteReader, from: Uint8Array, start: number, stop: number, count: number): unknown {
  complete = of
  try {
    return whole(from, start, stop, count)
  } catch (error) {
    // A setter on Object.prototype has thrown: no key is known any more, so it is not called again.
    if (error !== MEDDLED && !isWampCodecError(error)) keys.forget()
    return FAILED
  } finally {
    // The value is not kept alive here.
    close()
    forgetPart()
  }
}

function whole(from: Uint8Array, start: number, stop: number, count: number): unknown {
  levels = 0
  at = open(from, start, stop)
  nodes = rules.maxNodes - 1
  const { elements } = rules
  const result = count > 0 ? payload(count) : elements === undefined ? value(place()) : message(elements)
  // Behind the end, too: numbers are not asked whether they are there.
  if (at !== end || shift + end < sourceEnd) throw MEDDLED
  return result
}

/** What stands for the outermost value that begins here. */
function place(): ReadKey {
  return isMap(CBOR, bytes[at] as number) ? keys.map : keys.list
}

function payload(count: number): PayloadValues {
  const args = value(keys.list)
  const argsEnd = shift + at
  if (!Array.isArray(args) || (args.length === 0 && count === 1)) throw MEDDLED
  if (count === 1) return { args, kwargs: null, argsEnd, kwargsStart: argsEnd, kwargsEnd: argsEnd }
  if ((at >= soft && !more()) || place() === keys.list) throw MEDDLED
  const left = --nodes
  isNamed = true
  const kwargs = value(keys.map) as Record<string, unknown>
  if (nodes === left) throw MEDDLED
  return { args, kwargs, argsEnd, kwargsStart: argsEnd, kwargsEnd: shift + at }
}

/** Puts more bytes before the reader where there are any; false at the end. */
function more(): boolean {
  if (shift + end < sourceEnd) {
    load(shift + at)
    at = 0
    forgetPart()
  }
  return at < end
}

function adopt(given: DecodeRules): void {
  // Not before the first value: the rules of the beginning have not been looked at.
  if (given === rules && maxDepth > 0) return
  rules = given
  maxDepth = given.maxDepth
  isHead = isStrict && given.floats === 'exact'
  isPlain = isHead || isCommon(given)
}

/** The next value; `parentKey` is the key that it stands under. */
function value(parentKey: ReadKey): unknown {
  if (at >= soft && !more()) return fallback(at)
  const start = at
  const from = start + 1
  const head = bytes[start] as number
  at = from
  if (CBOR) {
    if (head < 0x18) return head
    if (head >= 0xe0) return simple(head, start)
    let argument = head & 31
    if (argument >= 24) {
      argument = argumentOf(argument)
      if (argument < 0) return fallback(start)
    }
    switch (head >> 5) {
      case 0:
        return argument
      case 1:
        return -1 - argument
      case 2:
        return binary(argument, start)
      case 3:
        return text(argument, start)
      case 4:
        return list(argument, parentKey, start)
      case 5:
        return map(argument, parentKey, start)
      default:
        return fallback(start)
    }
  }
  if (head < 0x80) return head
  if (head < 0x90) return map(head & 15, parentKey, start)
  if (head < 0xa0) return list(head & 15, parentKey, start)
  if (head < 0xc0) return text(head & 31, start)
  if (head >= 0xe0) return head - 0x100
  switch (head) {
    case 0xc0:
      return null
    case 0xc2:
      return false
    case 0xc3:
      return true
    case 0xc4:
    case 0xc5:
    case 0xc6:
      return binary(sized(head - 0xc4), start)
    case 0xca:
      return float(4, start)
    case DOUBLE:
      return float(8, start)
    case 0xcc:
      at = from + 1
      return bytes[from]
    case 0xcd:
      at = from + 2
      return view.getUint16(from)
    case 0xce:
      at = from + 4
      return view.getUint32(from)
    case 0xcf:
      return integer64(view.getUint32(from), start)
    case 0xd0:
      at = from + 1
      return view.getInt8(from)
    case 0xd1:
      at = from + 2
      return view.getInt16(from)
    case 0xd2:
      at = from + 4
      return view.getInt32(from)
    case 0xd3:
      return integer64(view.getInt32(from), start)
    case 0xd9:
    case 0xda:
    case 0xdb:
      return text(sized(head - 0xd9), start)
    case 0xdc:
    case 0xdd:
      return list(sized(head - 0xdb), parentKey, start)
    case 0xde:
    case 0xdf:
      return map(sized(head - 0xdd), parentKey, start)
    default:
      return fallback(start)
  }
}

/** CBOR's values without an argument of their own. */
function simple(head: number, start: number): unknown {
  switch (head) {
    case 0xf4:
      return false
    case 0xf5:
      return true
    case 0xf6:
      return null
    case 0xf7:
      if (isHead || rules.undefineds === 'absent') throw MEDDLED
      return null
    case 0xf9:
      return float(2, start)
    case 0xfa:
      return float(4, start)
    case DOUBLE:
      return float(8, start)
    default:
      return fallback(start)
  }
}

/** A float of so many bytes. What is behind the end is found when all was read, as with other numbers. */
function float(width: number, start: number): unknown {
  if (isHead) return fallback(start)
  const from = at
  at = from + width
  if (width === 8) return view.getFloat64(from)
  return width === 4 ? view.getFloat32(from) : halfFloat(view.getUint16(from))
}

/** Takes the length in 1, 2 or 4 bytes, by the logarithm of their number. */
function sized(log: number): number {
  const from = at
  at = from + (1 << log)
  return lengthAt(from, log)
}

/** Takes CBOR's argument in the bytes behind the head; -1 for one that is beyond 2^53 and for none. */
function argumentOf(info: number): number {
  if (info < 27) return sized(info - 24)
  if (info > 27) return -1
  at += 8
  return uint64At(at - 8)
}

/** MsgPack's integer of 64 bits whose upper half, signed or not, is `high`. */
function integer64(high: number, start: number): unknown {
  if (high >= 0x20_0000 || high < -0x20_0000) return fallback(start)
  const from = at
  at = from + 8
  return high * 0x1_0000_0000 + view.getUint32(from + 4)
}

/** Takes the head of the message's list; -1 for another value. */
function listHead(): number {
  const head = bytes[at++] as number
  if (CBOR) return head >> 5 !== 4 ? -1 : (head & 31) < 24 ? head & 31 : argumentOf(head & 31)
  return head >> 4 === 9 ? head & 15 : head === 0xdc || head === 0xdd ? sized(head - 0xdb) : -1
}

/** Reads the value at `start`, which was counted, with the complete reader. */
function fallback(start: number): unknown {
  if (isHead || (isStrict && levels === 1) || (isNamed && levels === 0)) throw MEDDLED
  const reader = completeAt(start, 1)
  const result = reader.value()
  // Absent, which the complete reader leaves out.
  if (result === undefined) throw MEDDLED
  resume(reader)
  return result
}

/** The complete reader for what is at `start`, of which so many keys and values were counted. */
function completeAt(start: number, count: number): AnyReader {
  // A number that is not wholly there was read before.
  if (start > end) throw MEDDLED
  const reader = complete(source, shift + start, sourceEnd, rules)
  reader.levels = levels
  reader.nodes = nodes + count
  return reader
}

/** Goes on where the complete reader has stopped. */
function resume(reader: AnyReader): void {
  nodes = reader.nodes
  at = reader.at - shift
  if (at >= soft) more()
}

/** The list of a message: each element has rules and a place of its own. */
function message(choose: (before: readonly unknown[]) => DecodeRules): unknown[] {
  const count = at < end ? listHead() : -1
  if (count < 0 || count > end - at) throw MEDDLED
  const values: unknown[] = []
  enter(count)
  for (let i = 0; i < count; i++) {
    adopt(choose(values))
    values.push(isPlain ? value(keys.element(i)) : fallback(at))
  }
  return values
}

/** Counts the elements of a container that begins, or its keys and values. */
function enter(count: number): void {
  levels++
  nodes -= count
  if (nodes < 0) throw MEDDLED
}

function list(count: number, parentKey: ReadKey, start: number): unknown {
  if (levels >= maxDepth || count > sourceEnd - shift - at) return fallback(start)
  enter(count)
  let values: unknown[]
  // An array that grows by `push` has room for 17 from its first element on.
  switch (count) {
    case 0:
      values = []
      break
    case 1:
      values = [value(parentKey)]
      break
    case 2:
      values = [value(parentKey), value(parentKey)]
      break
    case 3:
      values = [value(parentKey), value(parentKey), value(parentKey)]
      break
    case 4:
      values = [value(parentKey), value(parentKey), value(parentKey), value(parentKey)]
      break
    default:
      values = longList(count, parentKey)
  }
  levels--
  return values
}

function longList(count: number, parentKey: ReadKey): unknown[] {
  const sort = SORTS[(CBOR ? CBOR_HEADS : MSGPACK_HEADS) + (bytes[at] as number)] as number
  const values = count > MAX_AT_ONCE ? [] : arrayOf(sort, count)
  let i = 0
  if (sort === SORT_DOUBLE && !isHead) {
    i = readDoubles(values, at, count, DOUBLE)
    at += 9 * i
  }
  for (; i < count; i++) values[i] = value(parentKey)
  return values
}

function map(count: number, parentKey: ReadKey, start: number): unknown {
  if (levels >= maxDepth || 2 * count > sourceEnd - shift - at) return fallback(start)
  enter(2 * count)
  const object = pairs(count, parentKey.mapPlace())
  levels--
  return object
}

/** A map. Its keys are names, mostly those of the last map at its place; or data, mostly new ones. */
function pairs(count: number, place: ReadKey): unknown {
  const areNames = count <= MAX_PAIRS && !place.isOfData
  const object: Record<string, unknown> = place.isOfData ? newDictionary() : {}
  let previousKey = place
  let misses = 0
  for (let i = 0; i < count; i++) {
    const known = areNames ? (guessAt(previousKey, at) ?? lookedUp(previousKey)) : null
    if (known === null) {
      const name = newKey()
      if (name === null) return mixed(i, count)
      misses++
      setOwn(object, name, value(keys.unknown))
    } else {
      at += known.size
      object[known.text] = value(known)
      previousKey = known
    }
  }
  // A setter that Object.prototype has got since a key became known; or a key that came twice, which options refuse.
  if ((areNames || isHead) && Object.keys(object).length !== count) throw MEDDLED
  place.count(count, misses)
  return object
}

/** A map that has at pair `i` a key that is no text of common form: mostly all of its keys are numbers. */
function mixed(i: number, count: number): unknown {
  if (i > 0 || isHead || (isStrict && levels === 2) || (isNamed && levels === 1)) throw MEDDLED
  const reader = completeAt(at, 2 * count)
  const result = reader.pairs(new AnyMap({}, true), count)
  resume(reader)
  return result
}

/** The next key when it is known; null otherwise. */
function lookedUp(previousKey: ReadKey): ReadKey | null {
  if (at >= soft && !more()) return null
  const size = keySizeAt(CBOR, at)
  return size === 0 || size > end - at ? null : keys.find(bytes, at, size, keyHeadAt(CBOR, at), previousKey)
}

/** Takes the next key when it is a text of common form; null otherwise. */
function newKey(): string | null {
  if (at >= soft && !more()) return null
  const size = keySizeAt(CBOR, at)
  if (size === 0) return null
  const start = at
  at += keyHeadAt(CBOR, at)
  return text(start + size - at, start) as string
}

/** Takes `length` bytes as text, whose head is at `start`. */
function text(length: number, start: number): unknown {
  const from = at
  const stop = from + length
  if (stop > end) return fallback(start)
  at = stop
  return textAt(from, stop) ?? fallback(start)
}

/** Takes `length` bytes as the rules want them, whose head is at `start`. */
function binary(length: number, start: number): unknown {
  const from = at
  if (length > end - from) return fallback(start)
  at = from + length
  if (rules.binary === 'view') return viewOf(source, shift + from, length)
  const own = bytes.slice(from, at)
  return rules.binary === 'buffer' ? asBuffer(own) : own
}
