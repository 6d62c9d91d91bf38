/**
 * JSON (RFC 8259) to JavaScript values, in one pass over bytes: args and kwargs when they are read, opaque payloads,
 * lists. Complete and self-validating: whatever is wrong is refused here, with its place.
 *
 * It reads what `JSON.parse` cannot: integers beyond 2^53 exactly, and strings that begin with NUL as bytes. The common
 * case is straight, recursive code; `anyValue` reads what is nested deeper, has too many values, or has maps under
 * other rules. Strings are in `text.ts`, numbers in `number.ts`, what is read and its errors in `input.ts`.
 */
import { asBuffer } from '../buffers.ts'
import { type DecodeRules, setOwn } from '../decode-value.ts'
import { MAX_KEY_BYTES } from '../key-table.ts'
import { newPlace, type ReadKey } from '../read-key.ts'
import { base64Bytes } from './base64.ts'
import { add, has, keysOf, type Open, opened } from './containers.ts'
import {
  apart,
  bytes,
  close,
  end,
  ends,
  fail,
  failAt,
  follow,
  isLast,
  open,
  rules,
  shift,
  show,
  sourceEnd,
  unexpected,
  view,
} from './input.ts'
import { isClash, keys } from './keys.ts'
import { anyNumber, NUMBER_ROOM, numberEnd, readNumber } from './number.ts'
import * as mark from './syntax.ts'
import { forgetTexts, move, passWord, readText, STOP, textEnd, UNITS } from './text.ts'

/** Any integer that is exact in a number has no more digits than so many bytes of a big integer may have. */
const ANY_NUMBER_BYTES = 7

/** Levels that are read by recursion. */
const MAX_LEVELS = 200

/** Thrown where `anyValue` must do it. */
const FALLBACK: unique symbol = Symbol('fallback')

/** The index of the next byte in the window. */
export let at = 0
/** The values that may still come, and the containers that are open. */
export let nodes = 0
let levels = 0
/** Containers that may be open here; below 0 when the rules are those of `anyValue`. */
let maxLevels = 0
/** Integers are numbers where they can be. */
let isPlain = true
/** The number of this value: for each, keys are looked for in Object.prototype once. */
let epoch = 0
let isBusy = false
/** What `known` has seen of the key that is next. */
let keyEnd = 0
let keyHash = 0
/** Pairs of the map that was read last, at least; infinite after a value that was not read the fast way. */
let pairCount = 0

/** Places of a value by itself, of kwargs, of a message's elements. */
const ROOT: ReadKey = newPlace()
const MAP: ReadKey = newPlace()
const PLACES: readonly ReadKey[] = Array.from({ length: 8 }, newPlace)

/**
 * The one value that fills `source[start, stop)`, white space around it allowed. Throws ProtocolError with TRUNCATED,
 * TRAILING_BYTES, BAD_UTF8 (lone surrogate escapes too), BAD_TOKEN (base64 too), BAD_NUMBER, DUPLICATE_KEY,
 * DEPTH_LIMIT, NODE_LIMIT or SIZE_LIMIT (an integer of more than 2.5 times `maxBigIntBytes` digits); its `offset` is an
 * index in `source`.
 */
export function readJson(source: Uint8Array, start: number, stop: number, by: DecodeRules): unknown {
  return readWith(source, start, stop, by, valueOrList)
}

/** What `make` reads, which must fill the range. */
export function readWith(
  source: Uint8Array,
  start: number,
  stop: number,
  by: DecodeRules,
  make: () => unknown,
): unknown {
  if (!(start >= 0 && start <= stop && stop <= source.length))
    throw new RangeError(`the range ${start}..${stop} is not inside ${source.length} bytes`)
  const read = (): unknown => {
    open(source, start, stop)
    return whole(by, make)
  }
  if (isBusy) return within(read)
  isBusy = true
  try {
    return read()
  } finally {
    isBusy = false
    // The message is not kept alive here.
    close()
    forgetTexts()
  }
}

/** Reads a value while another one is read: a setter on Array.prototype may ask for it. */
function within(read: () => unknown): unknown {
  const saved = [nodes, levels, maxLevels, isPlain, epoch] as const
  const place = shift + at
  try {
    return apart(read)
  } finally {
    ;[nodes, levels, maxLevels, isPlain, epoch] = saved
    at = place - shift
    forgetTexts()
  }
}

function whole(by: DecodeRules, make: () => unknown): unknown {
  obey(by)
  forgetTexts()
  at = 0
  nodes = by.maxNodes
  epoch = (epoch + 1) | 0
  const made = make()
  next()
  if (at < end) throw fail('TRAILING_BYTES', at)
  return made
}

function valueOrList(): unknown {
  const { elements } = rules
  return elements === undefined ? element(next() === mark.OPEN_MAP ? MAP : ROOT) : list(elements)
}

function obey(by: DecodeRules): void {
  follow(by)
  isPlain = by.integers !== 'bigint' && by.maxBigIntBytes >= ANY_NUMBER_BYTES
  maxLevels = by.maps === 'object' && by.duplicateKeys === 'last' ? Math.min(by.maxDepth, MAX_LEVELS) : -1
}

/** A list whose elements have rules of their own. */
function list(elements: NonNullable<DecodeRules['elements']>): unknown {
  if (next() !== mark.OPEN_ARRAY) return element(ROOT)
  countNode()
  if (rules.maxDepth < 1) throw fail('DEPTH_LIMIT', at)
  at++
  if (next() === mark.CLOSE_ARRAY) return empty()
  const values: unknown[] = []
  do {
    const by = elements(values)
    if (by !== rules) obey(by)
    const made = element(PLACES[values.length & 7] as ReadKey, 1)
    // Options and Details refuse a key that comes twice, whatever the rules for values say.
    if (by.floats === 'exact' && keysOf(made) < pairCount) throw fail('DUPLICATE_KEY', at)
    values.push(made)
  } while (takesComma())
  return values
}

/** The next value, inside of `depth` containers. */
export function element(key: ReadKey, depth: number = 0): unknown {
  const from = shift + at
  const budget = nodes
  if (maxLevels > 0) {
    countNode()
    levels = depth
    try {
      return value(next(), key)
    } catch (error) {
      // Among too many values the first fault is found by counting each of them in its turn.
      if (error !== FALLBACK && budget > sourceEnd - from) throw error
    }
    show(from)
    at = 0
    nodes = budget
    forgetTexts()
  }
  pairCount = Number.POSITIVE_INFINITY
  return anyValue(depth)
}

/** Any value, without recursion; an error is where each value is counted before it is looked at. */
function anyValue(depth: number): unknown {
  const stack: Open[] = []
  for (;;) {
    countNode()
    const code = next()
    let made: unknown
    if (code === mark.OPEN_ARRAY || code === mark.OPEN_MAP) {
      if (stack.length + depth >= rules.maxDepth) throw fail('DEPTH_LIMIT', at)
      const open = opened(code, rules.maps)
      at++
      if (next() !== open.close) {
        if (at >= end) throw ends()
        if (open.close === mark.CLOSE_MAP) takeKey(open)
        stack.push(open)
        continue
      }
      at++
      made = open.container
    } else made = value(code, keys.unknown)
    // The value is whole; it may be the last one of several containers.
    for (;;) {
      const open = stack[stack.length - 1]
      if (open === undefined) return made
      add(open, made)
      const then = next()
      if (then === mark.COMMA) {
        at++
        if (open.close === mark.CLOSE_MAP) takeKey(open)
        break
      }
      if (then !== open.close) throw unexpected(at)
      at++
      made = open.container
      stack.pop()
    }
  }
}

/** Takes the key of a pair. Throws DUPLICATE_KEY when the rules refuse it. */
function takeKey(open: Open): void {
  countNode()
  next()
  const from = shift + at
  const key = keyText()
  if (rules.duplicateKeys === 'refuse') {
    if (has(open, key)) throw failAt('DUPLICATE_KEY', from, `duplicate key ${JSON.stringify(key)}`)
  }
  open.key = key
  takeColon()
}

/** Takes a string as text, also when it begins with NUL: a key. */
export function keyText(): string {
  if (next() !== mark.QUOTE) throw unexpected(at)
  const text = readText(at)
  at = textEnd
  return text
}

function takeColon(): void {
  if (next() !== mark.COLON) throw unexpected(at)
  at++
}

/** Takes the comma behind an element, or the end of the array: false. */
export function takesComma(): boolean {
  const code = next()
  if (code !== mark.COMMA && code !== mark.CLOSE_ARRAY) throw unexpected(at)
  at++
  return code === mark.COMMA
}

function countNode(): void {
  if (--nodes < 0) throw fail('NODE_LIMIT', at)
}

/** The next byte that is not white space, which is not taken; 0 at the end. */
export function next(): number {
  const code = bytes[at] as number
  return code <= mark.SPACE ? pastSpace() : code
}

function pastSpace(): number {
  const b = bytes
  for (;;) {
    let code = b[at] as number
    while (code === mark.SPACE || code === 0x0a || code === 0x0d || code === 0x09) code = b[++at] as number
    if (at < end || isLast) return code
    move(at)
    at = 0
  }
}

/** The value that begins with `code`, which is at `at`; `parentKey` is its key. Throws FALLBACK, too. */
function value(code: number, parentKey: ReadKey): unknown {
  if (code === mark.QUOTE) return textValue()
  if (code <= mark.DIGIT_9) return numberValue()
  switch (code) {
    case mark.OPEN_MAP:
      return map(parentKey)
    case mark.OPEN_ARRAY:
      return array(parentKey)
    case mark.LOWER_T:
      if (view.getInt32(at, true) !== mark.TRUE) return rareWord('true', true)
      at += 4
      return true
    case mark.LOWER_F:
      if (view.getInt32(at + 1, true) !== mark.ALSE) return rareWord('false', false)
      at += 5
      return false
    case mark.LOWER_N:
      if (view.getInt32(at, true) !== mark.NULL) return rareWord('null', null)
      at += 4
      return null
  }
  throw unexpected(at)
}

/** A word that is not one, or not wholly in the window. */
function rareWord(word: string, made: boolean | null): boolean | null {
  at = passWord(at, word)
  return made
}

function numberValue(): unknown {
  if (at + NUMBER_ROOM > end && !isLast) {
    move(at)
    at = 0
  }
  const made = isPlain ? readNumber(at) : anyNumber(at)
  at = numberEnd
  if (at > end) {
    move(at)
    at = 0
  }
  return made
}

/** A string, or the bytes in it. */
function textValue(): unknown {
  const from = shift + at
  const text = readText(at)
  at = textEnd
  if (text.charCodeAt(0) !== 0) return text
  const made = base64Bytes(text)
  if (made === null) throw failAt('BAD_TOKEN', from)
  return rules.binary === 'buffer' ? asBuffer(made) : made
}

function array(parentKey: ReadKey): unknown[] {
  if (++levels > maxLevels) throw FALLBACK
  at++
  const values = next() === mark.CLOSE_ARRAY ? empty() : elements(parentKey)
  levels--
  nodes -= values.length
  if (nodes < 0) throw FALLBACK
  return values
}

function empty(): unknown[] {
  at++
  return []
}

function elements(parentKey: ReadKey): unknown[] {
  const first = value(bytes[at] as number, parentKey)
  // An array keeps the kind that arrays made at its place have: numbers have a place of their own. One that grows by
  // `push` has room for 17 from its first element on.
  if (typeof first === 'number') return takesComma() ? more([first], parentKey) : [first]
  if (!takesComma()) return [first]
  const second = value(next(), parentKey)
  if (!takesComma()) return [first, second]
  const third = value(next(), parentKey)
  return takesComma() ? more([first, second, third], parentKey) : [first, second, third]
}

/** The elements behind the comma. */
function more(values: unknown[], parentKey: ReadKey): unknown[] {
  const b = bytes
  for (;;) {
    let code = b[at] as number
    values.push(value(code <= mark.SPACE ? pastSpace() : code, parentKey))
    code = b[at] as number
    if (code === mark.COMMA) at++
    else if (!takesComma()) return values
  }
}

function map(parentKey: ReadKey): Record<string, unknown> {
  if (++levels > maxLevels) throw FALLBACK
  at++
  const code = next()
  const place = parentKey.mapPlace()
  const made = place.isOfData ? dictionary(code, place) : object(code, place)
  levels--
  if (nodes < 0) throw FALLBACK
  return made
}

function object(first: number, place: ReadKey): Record<string, unknown> {
  const b = bytes
  const made: Record<string, unknown> = {}
  let code = first
  let previousKey = place
  let count = 0
  let misses = 0
  if (code !== mark.CLOSE_MAP) {
    for (;;) {
      if (code !== mark.QUOTE) throw unexpected(at)
      const key = expected(previousKey) ?? known(previousKey)
      count++
      if (key === null) misses += newPair(made)
      else {
        previousKey = key
        code = b[at] as number
        if (code <= mark.SPACE) code = pastSpace()
        if (key.checked !== epoch && isClash(key, epoch)) setOwn(made, key.text, value(code, key))
        else made[key.text] = value(code, key)
      }
      code = b[at] as number
      if (code <= mark.SPACE) code = pastSpace()
      if (code !== mark.COMMA) break
      code = b[++at] as number
      if (code <= mark.SPACE) code = pastSpace()
    }
    if (code !== mark.CLOSE_MAP) throw unexpected(at)
    place.count(count, misses)
  }
  at++
  nodes -= 2 * count
  pairCount = count
  return made
}

/** A map whose keys are data: an object that is a dictionary to V8, which needs no hidden class for each key. */
function dictionary(first: number, place: ReadKey): Record<string, unknown> {
  // Without a prototype while it is filled: no key is a setter's.
  const made = { __proto__: null } as unknown as Record<string, unknown>
  const budget = nodes
  if (first !== mark.CLOSE_MAP) {
    for (;;) {
      const key = keyText()
      takeColon()
      made[key] = value(next(), keys.unknown)
      nodes -= 2
      if (next() !== mark.COMMA) break
      at++
    }
    if (next() !== mark.CLOSE_MAP) throw unexpected(at)
  }
  at++
  pairCount = (budget - nodes) >> 1
  place.count(pairCount, pairCount)
  return Object.setPrototypeOf(made, Object.prototype)
}

/** Takes the key when it is one that came after `previousKey` the last times, and its colon. */
function expected(previousKey: ReadKey): ReadKey | null {
  let guess = previousKey.next
  if (guess === null) return null
  const low = view.getInt32(at + 1, true)
  const high = view.getInt32(at + 5, true)
  if ((low & guess.lowMask) !== guess.low || (high & guess.highMask) !== guess.high) {
    guess = previousKey.other
    if (guess === null) return null
    if ((low & guess.lowMask) !== guess.low || (high & guess.highMask) !== guess.high) return null
  }
  const { size } = guess
  if (size > 8) {
    const b = bytes
    const own = guess.bytes
    for (let i = 8, from = at + 1; i < size; i++) if (b[from + i] !== own[i]) return null
  }
  at += size + 1
  return guess
}

/** Takes the key when it is known, and its colon. */
function known(previousKey: ReadKey): ReadKey | null {
  const b = bytes
  const start = at + 1
  let i = start
  let hash = 0
  let code = b[i] as number
  while ((UNITS[code] as number) < STOP) {
    hash = Math.imul(hash ^ code, 0x0100_0193)
    code = b[++i] as number
  }
  keyEnd = i + 2
  const size = keyEnd - start
  keyHash = 0
  if (code !== mark.QUOTE || b[i + 1] !== mark.COLON || size > MAX_KEY_BYTES) return null
  keyHash = hash ^ (hash >>> 15) ^ size
  const key = keys.get(b, start, size, keyHash)
  if (key === null) return null
  previousKey.other = previousKey.next
  previousKey.next = key
  at = keyEnd
  return key
}

/** Reads the pair whose key `known` did not know; returns 1 when that came for the first time. */
function newPair(made: Record<string, unknown>): number {
  const start = at + 1
  const stop = keyEnd
  const hash = keyHash
  const text = keyText()
  takeColon()
  let isNew = 1
  if (hash !== 0 && keys.isSecond(hash)) {
    isNew = 0
    keys.learn(text, bytes.slice(start, stop), hash)
  }
  setOwn(made, text, value(next(), keys.unknown))
  return isNew
}
