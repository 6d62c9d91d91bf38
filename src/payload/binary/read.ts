/**
 * CBOR and MsgPack to JavaScript values in one pass that checks everything: bounds, UTF-8, depth, number of values, and
 * the policy. It needs no kernel.
 *
 * Here is what is common, under common rules. `rare` hands over one value to the complete reader (any-reader.ts), and
 * what is wrong is read by it once more, from the start, for the error.
 */
import { isWampCodecError } from '../../errors.ts'
import { DEFAULT_POLICY } from '../../limits.ts'
import { asBuffer } from '../buffers.ts'
import { newDictionary } from '../data-keys.ts'
import { type DecodeRules, setOwn } from '../decode-value.ts'
import { shortText } from '../short-text.ts'
import { arrayOf, SORT_ANY, SORT_INTEGER } from '../templates.ts'
import { readSingle, readText, viewOf } from '../utf8.ts'
import { AnyMap } from './any-map.ts'
import type { AnyReader } from './any-reader.ts'
import { isCommon } from './common-rules.ts'
import type { BinaryFormat } from './format.ts'
import { halfFloat } from './half-float.ts'
import {
  ARRAY,
  BYTES,
  FALSE,
  FLOAT16,
  FLOAT32,
  FLOAT64,
  HEADS,
  INTEGER,
  KIND_BITS,
  KIND_MASK,
  MAP,
  NEGATIVE,
  NULL,
  SIGNED8,
  SIGNED16,
  SIGNED32,
  SORTS,
  TEXT,
  TRUE,
  UNDEFINED,
} from './heads.ts'
import { isDigit, type ReadKey, type ReadKeys } from './keys.ts'
import { argumentAt, readDoubles, readIntegers, runEnd, signed } from './numbers.ts'
import { bytes, close, end, isAscii, load, open, shift, soft, source, sourceEnd, view } from './window.ts'

/** Texts share one string for so many bytes: a text that is kept keeps no more beside it. */
const PART = 1024

/** Text of fewer bytes is made of its characters when no part is there and less than so much is left to read. */
const SHORT_TEXT = 16
const NO_PART_BELOW = 128

/** Text of so many bytes is read by itself: to see whether it is ASCII would cost as much. */
const LONG_TEXT = 256

/** Maps with more pairs are dictionaries, whose keys are data. */
const MAX_PAIRS = 64

/** Arrays of more elements grow as they are read. */
const MAX_AT_ONCE = 1 << 20

/** The index of the next byte. */
let at = 0
/** Containers that are open, and values that may come. */
let levels = 0
let nodes = 0
/** The part of the text that became a string last: `bytes[partStart, partEnd)`. */
let part = ''
let partStart = 0
let partEnd = 0
/** Bytes in front of the text of the key that `keySize` has looked at. */
let keyHead = 0
let rules: DecodeRules = DEFAULT_POLICY
let maxDepth = 0
/** Whether the rules are common. */
let isPlain = false
/** Whether only common lists are read, and whether this is the head of one. */
let isStrict = false
let isHead = false
let isBusy = false
/** The format, and what is often asked of it. */
let format: BinaryFormat
let base = 0
let keys: ReadKeys

/** Thrown where an assignment may have done something else, and for what is not common. */
const MEDDLED: unique symbol = Symbol('meddled')
/** Stands for the value that could not be read. */
const FAILED: unique symbol = Symbol('failed')

/** The one value that fills `from[start, stop)`. Throws as the complete reader of the format does. */
export function readBinary(
  of: BinaryFormat,
  from: Uint8Array,
  start: number,
  stop: number,
  given: DecodeRules,
): unknown {
  // In the middle of another value: in a setter that is on Object.prototype.
  if (isBusy) return of.complete(from, start, stop, given).whole()
  adopt(given)
  if (!isPlain || !(start >= 0 && start <= stop && stop <= from.length)) {
    return of.complete(from, start, stop, given).whole()
  }
  const result = attempt(of, from, start, stop)
  // Malformed, mostly; or the same key twice. The complete reader says what is wrong.
  return result === FAILED ? of.complete(from, start, stop, given).whole() : result
}

/**
 * The list of a message in `from[start, stop)` that is common; null for any other, and for one that is wrong. The rules
 * are common ones, but that floats are exact in the head: in that are none, nor tags, bignums and `undefined`. Keys of
 * options and kwargs are texts.
 */
export function readCommonList(
  of: BinaryFormat,
  from: Uint8Array,
  start: number,
  stop: number,
  given: DecodeRules,
): unknown[] | null {
  if (isBusy) return null
  isStrict = true
  adopt(given)
  const result = attempt(of, from, start, stop)
  isStrict = false
  return result === FAILED ? null : (result as unknown[])
}

/** The value, or FAILED. */
function attempt(of: BinaryFormat, from: Uint8Array, start: number, stop: number): unknown {
  isBusy = true
  format = of
  base = of.heads
  keys = of.keys
  try {
    return whole(from, start, stop)
  } catch (error) {
    // A setter on Object.prototype has thrown: no key is known any more, so it is not called again.
    if (error !== MEDDLED && !isWampCodecError(error)) of.keys.forget()
    return FAILED
  } finally {
    isBusy = false
    // The value is not kept alive here.
    close()
    part = ''
  }
}

function whole(from: Uint8Array, start: number, stop: number): unknown {
  partEnd = levels = 0
  at = open(from, start, stop)
  nodes = rules.maxNodes
  const { elements } = rules
  const result = elements === undefined ? value(kindAt(at) === MAP ? keys.map : keys.list) : message(elements)
  if (at < end || shift + end < sourceEnd) throw MEDDLED
  return result
}

/** Puts more bytes before the reader where there are any; false at the end. */
function more(): boolean {
  if (shift + end < sourceEnd) moveTo(shift + at)
  return at < end
}

function moveTo(start: number): void {
  load(start)
  at = partEnd = 0
}

function headAt(place: number): number {
  return HEADS[base + (bytes[place] as number)] as number
}

function kindAt(place: number): number {
  return headAt(place) & KIND_MASK
}

function adopt(given: DecodeRules): void {
  // Not before the first value: the rules of the beginning have not been looked at.
  if (given === rules && maxDepth > 0) return
  rules = given
  maxDepth = given.maxDepth
  isHead = isStrict && given.floats === 'exact'
  isPlain = isHead || isCommon(given)
}

/** The next value; `outer` is the key that it stands under. */
function value(outer: ReadKey): unknown {
  nodes--
  if (nodes < 0 || (at >= soft && !more())) return rare(at)
  const start = at
  at = start + 1
  const head = HEADS[base + (bytes[start] as number)] as number
  let argument = head >> KIND_BITS
  if (argument < 0) {
    argument = behind(-argument)
    if (argument < 0) return rare(start)
  }
  const from = at
  switch (head & KIND_MASK) {
    case INTEGER:
      return argument
    case NEGATIVE:
      return -1 - argument
    case TEXT:
      return text(argument, start)
    case BYTES:
      return binary(argument, start)
    case ARRAY:
      return list(argument, outer, start)
    case MAP:
      return map(argument, outer, start)
    case FALSE:
      return false
    case TRUE:
      return true
    case NULL:
      return null
    case UNDEFINED:
      if (isHead || rules.undefineds === 'absent') throw MEDDLED
      return null
    case FLOAT16:
      at = from + 2
      return at <= end && !isHead ? halfFloat(view.getUint16(from)) : rare(start)
    case FLOAT32:
      at = from + 4
      return at <= end && !isHead ? view.getFloat32(from) : rare(start)
    case FLOAT64:
      at = from + 8
      return at <= end && !isHead ? view.getFloat64(from) : rare(start)
    case SIGNED8:
    case SIGNED16:
    case SIGNED32:
      return signed(head & KIND_MASK, argument)
    default:
      // Also negative ones of 64 bits, which are seldom that large.
      return rare(start)
  }
}

/** The argument in so many bytes, which are taken; -1 for one that is beyond 2^53 or not there. */
function behind(width: number): number {
  const from = at
  at = from + width
  return at > end ? -1 : argumentAt(from, width)
}

/** Reads the value at `start`, which was counted, with the complete reader. */
function rare(start: number): unknown {
  if (isHead || (isStrict && levels === 1)) throw MEDDLED
  const reader = format.complete(source, shift + start, sourceEnd, rules)
  reader.levels = levels
  reader.nodes = nodes + 1
  const result = reader.value()
  // Absent, which the complete reader leaves out.
  if (result === undefined) throw MEDDLED
  resume(reader)
  return result
}

/** Goes on where the complete reader has stopped. */
function resume(reader: AnyReader): void {
  nodes = reader.nodes
  at = reader.at - shift
  if (at >= soft && shift + end < sourceEnd) moveTo(reader.at)
}

/** The list of a message: each element has rules and a place of its own. */
function message(choose: (before: readonly unknown[]) => DecodeRules): unknown[] {
  if (at >= end || kindAt(at) !== ARRAY) throw MEDDLED
  let count = headAt(at++) >> KIND_BITS
  if (count < 0) count = behind(-count)
  if (count < 0 || count > end - at) throw MEDDLED
  const values: unknown[] = []
  levels++
  nodes--
  for (let i = 0; i < count; i++) {
    adopt(choose(values))
    if (isPlain) values.push(value(keys.element(i)))
    else {
      nodes--
      values.push(rare(at))
    }
  }
  return values
}

function list(count: number, outer: ReadKey, start: number): unknown {
  if (levels >= maxDepth || count > sourceEnd - shift - at) return rare(start)
  levels++
  let values: unknown[]
  // An array that grows by `push` has room for sixteen from its first element on.
  switch (count) {
    case 0:
      values = []
      break
    case 1:
      values = [value(outer)]
      break
    case 2:
      values = [value(outer), value(outer)]
      break
    case 3:
      values = [value(outer), value(outer), value(outer)]
      break
    default:
      values = longList(count, outer)
  }
  levels--
  return values
}

function longList(count: number, outer: ReadKey): unknown[] {
  const sort = SORTS[kindAt(at)] as number
  const isLarge = count > MAX_AT_ONCE || count > nodes
  const values = isLarge ? [] : arrayOf(sort, count)
  let i = 0
  if (sort !== SORT_ANY && !isHead) {
    const most = Math.min(count, nodes)
    i =
      sort === SORT_INTEGER
        ? readIntegers(values, at, most, base)
        : readDoubles(values, at, most, format.double)
    at = runEnd
    nodes -= i
  }
  for (; i < count; i++) values[i] = value(outer)
  return values
}

function map(count: number, outer: ReadKey, start: number): unknown {
  if (levels >= maxDepth || 2 * count > sourceEnd - shift - at) return rare(start)
  levels++
  const place = outer.start()
  const object = count > MAX_PAIRS || place.isOfData ? dictionary(count, place) : names(count, place)
  levels--
  return object
}

/** A map whose keys are names: mostly those of the last map at its place. */
function names(count: number, place: ReadKey): unknown {
  const object: Record<string, unknown> = {}
  let before = place
  let misses = 0
  for (let i = 0; i < count; i++) {
    const known = guessed(before) ?? lookedUp(before)
    if (known !== null) {
      object[known.text] = value(known)
      before = known
      continue
    }
    const name = newKey()
    if (name === null) return mixed(object, Object.keys(object), i, count)
    if (isDigit(name.charCodeAt(0))) return ordered(object, name, i, count)
    misses++
    setOwn(object, name, value(keys.unknown))
  }
  // A setter that Object.prototype has got since a key became known; or a key that came twice.
  if (Object.keys(object).length !== count) throw MEDDLED
  place.count(count, misses)
  return object
}

/** A map whose keys are data, mostly new ones. */
function dictionary(count: number, place: ReadKey): unknown {
  const object = place.isOfData ? newDictionary() : {}
  place.count(count, count)
  for (let i = 0; i < count; i++) {
    const name = newKey()
    if (name === null) return mixed(object, Object.keys(object), i, count)
    if (isDigit(name.charCodeAt(0))) return ordered(object, name, i, count)
    setOwn(object, name, value(keys.unknown))
  }
  return object
}

/** The rest of a map from pair `i` on, whose key is `name`: the order of its keys is remembered. */
function ordered(object: Record<string, unknown>, name: string | null, i: number, count: number): unknown {
  const order = Object.keys(object)
  if (order.length !== i) throw MEDDLED
  for (; name !== null; name = newKey()) {
    order.push(name)
    setOwn(object, name, value(keys.unknown))
    if (++i === count) return object
  }
  return mixed(object, order, i, count)
}

/** The rest of a map from pair `i` on, whose key is no text of common form. */
function mixed(object: Record<string, unknown>, order: string[], i: number, count: number): unknown {
  if (order.length !== i || isHead || (isStrict && levels === 2)) throw MEDDLED
  const reader = format.complete(source, shift + at, sourceEnd, rules)
  reader.levels = levels
  reader.nodes = nodes
  const before = new Map(order.map((name) => [name, object[name]]))
  const result = reader.pairs(new AnyMap(before, true), count - i)
  resume(reader)
  return result
}

/** Takes the next key when it is one that came after `before` the last times; null otherwise. */
function guessed(before: ReadKey): ReadKey | null {
  const guess = before.next
  if (guess === null) return null
  const low = view.getInt32(at, true)
  if ((low & guess.lowMask) === guess.low && isRest(guess)) return guess
  const { other } = before
  if (other === null || (low & other.lowMask) !== other.low || !isRest(other)) return null
  before.other = guess
  before.next = other
  return other
}

/** Takes a key whose first four bytes are right when all are. */
function isRest(guess: ReadKey): boolean {
  const { size } = guess
  if (size > 4) {
    if ((view.getInt32(at + 4, true) & guess.highMask) !== guess.high) return false
    if (size > 8) {
      const wanted = guess.bytes
      for (let i = 8; i < size; i++) if (bytes[at + i] !== wanted[i]) return false
    }
  }
  // Behind the end are bytes of another value.
  if (size > end - at) return false
  at += size
  return true
}

/** Takes the next key when it is known; null otherwise. */
function lookedUp(before: ReadKey): ReadKey | null {
  if (at >= soft && !more()) return null
  const size = keySize()
  if (size === 0 || size > end - at) return null
  const known = keys.find(bytes, at, size, keyHead, before)
  if (known !== null) at += size
  return known
}

/** Bytes of the key at `at` when it is a text of definite length, and not too long; else 0. */
function keySize(): number {
  const head = headAt(at)
  if ((head & KIND_MASK) !== TEXT) return 0
  const argument = head >> KIND_BITS
  keyHead = 1
  if (argument >= 0) return 1 + argument
  if (argument !== -1 || end - at < 2) return 0
  keyHead = 2
  return 2 + (bytes[at + 1] as number)
}

/** Takes the next key when it is a text of common form; null otherwise. */
function newKey(): string | null {
  if (at >= soft && !more()) return null
  const size = keySize()
  if (size === 0) return null
  const start = at
  at += keyHead
  return text(size - keyHead, start) as string
}

/** Takes `length` bytes as text, whose head is at `start`. */
function text(length: number, start: number): unknown {
  const from = at
  const stop = from + length
  if (stop > end) return rare(start)
  at = stop
  if (length >= LONG_TEXT || !isAscii(from, stop)) {
    const any = readText(bytes, from, stop)
    // What is not UTF-8 was read as this character, which may also have come as it is.
    return any.includes('\ufffd') ? rare(start) : any
  }
  if (stop > partEnd) {
    if (length < SHORT_TEXT && end - from < NO_PART_BELOW) return shortText(bytes, from, length)
    partStart = from
    partEnd = Math.max(stop, Math.min(from + PART, end))
    part = readSingle(bytes, from, partEnd)
  }
  return part.substring(from - partStart, stop - partStart)
}

/** Takes `length` bytes as the rules want them, whose head is at `start`. */
function binary(length: number, start: number): unknown {
  const from = at
  if (length > end - from) return rare(start)
  at = from + length
  const { binary: kind } = rules
  if (kind === 'view') return viewOf(source, shift + from, length)
  const own = bytes.slice(from, at)
  return kind === 'buffer' ? asBuffer(own) : own
}
