/**
 * JavaScript value to JSON text: the payload object and the message writers call it, for args, kwargs and options.
 * The rules about values are those of `encode-value.ts`; here is only the text, that of `JSON.stringify` with these
 * differences: bytes are a NUL and standard base64 in a string, a BigInt its digits, -0 is `-0.0`, a `Float64` is
 * written as Python's `repr` does, and what JSON cannot carry is refused.
 */
import { type EncodeRules, Kind, type MapEntries, toWellFormed, Walk } from './encode-value.ts'
import type { Output } from './output.ts'
import type { Tagged } from './values.ts'

/** What `JSON.stringify` must look at; all other text goes between quotes as it is. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the control characters are what must be escaped
const NEEDS_CARE = /["\\\u0000-\u001f\ud800-\udfff]/

const BASE64 = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
const PADDING = 0x3d
const decoder = new TextDecoder()

/**
 * Writes one value to `out` as JSON in UTF-8. `path` names the value in errors (`args`). Throws EncodeError with
 * UNENCODABLE, BAD_UTF8, KEY_TYPE, CYCLE, DEPTH_LIMIT or SIZE_LIMIT, and whatever a getter or `toJSON` of the
 * application throws; nothing is written then.
 */
export function encodeJson(out: Output, value: unknown, rules: EncodeRules, path: string): void {
  out.utf8(jsonText(value, rules, path))
}

/** The JSON text of one value; same rules and errors as `encodeJson`. It has no lone surrogates. */
export function jsonText(value: unknown, rules: EncodeRules, path: string): string {
  const walk = new Walk('json', rules, path)
  return textOf(value, walk) ?? absentText(walk, false)
}

/** The text of the value, or undefined when it is absent. */
function textOf(value: unknown, walk: Walk): string | undefined {
  switch (typeof value) {
    case 'string':
      return stringText(value, walk)
    case 'number':
      return numberText(value, walk)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'bigint':
      return value.toString()
    case 'undefined':
      return undefined
    default:
      return value === null ? 'null' : objectText(value, walk)
  }
}

function objectText(object: unknown, walk: Walk): string | undefined {
  const kind = walk.classify(object)
  const { value } = walk
  switch (kind) {
    case Kind.ABSENT:
      return undefined
    case Kind.SCALAR:
      return textOf(value, walk)
    case Kind.FLOAT:
      return floatText(value as number, walk)
    case Kind.BYTES:
      return `"\\u0000${base64(value as Uint8Array)}"`
    case Kind.ARRAY:
      return arrayText(value as readonly unknown[], walk)
    case Kind.MAP: {
      const { keys, values } = value as MapEntries
      return mapText(keys, values, true, walk)
    }
    case Kind.OBJECT:
      return mapText(Object.keys(value as object), value, false, walk)
    case Kind.TAGGED:
      if (!walk.lenient) throw walk.noForm('a Tagged')
      return mapText(['tag', 'value'], value as Tagged, false, walk)
  }
}

function stringText(text: string, walk: Walk): string {
  if (!NEEDS_CARE.test(text)) return `"${text}"`
  if (text.charCodeAt(0) === 0 && !walk.lenient) {
    // It would come back as bytes, or not at all.
    throw walk.noForm('text that begins with NUL')
  }
  return keyText(text, walk)
}

/** A string in quotes that is never taken for bytes. */
function keyText(text: string, walk: Walk): string {
  if (!NEEDS_CARE.test(text)) return `"${text}"`
  walk.checkText(text)
  // JSON.stringify would escape a lone surrogate; no binary format could carry what it stands for.
  return JSON.stringify(walk.lenient ? toWellFormed(text) : text)
}

function numberText(value: number, walk: Walk): string {
  if (value - value !== 0) return notFinite(value, walk)
  return value === 0 && 1 / value < 0 ? '-0.0' : String(value)
}

/** JSON.stringify makes null of them. */
function notFinite(value: number, walk: Walk): string {
  if (!walk.lenient) throw walk.noForm(String(value))
  return 'null'
}

/**
 * A float as Python's `repr` writes it: the shortest digits that read back equal (JavaScript's are the same), always
 * a fraction or an exponent; an exponent below 1e-4 and from 1e16 on, of two digits at least.
 */
function floatText(value: number, walk: Walk): string {
  if (value - value !== 0) return notFinite(value, walk)
  if (value === 0) return 1 / value < 0 ? '-0.0' : '0.0'
  const [mantissa, power] = value.toExponential().split('e') as [string, string]
  const exponent = Number(power)
  if (exponent < -4 || exponent >= 16) {
    const digits = String(Math.abs(exponent)).padStart(2, '0')
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${digits}`
  }
  const sign = value < 0 ? '-' : ''
  const digits = mantissa.replace(/[-.]/g, '')
  if (exponent < 0) return `${sign}0.${'0'.repeat(-1 - exponent)}${digits}`
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`
}

function arrayText(array: readonly unknown[], walk: Walk): string {
  const length = walk.arrayLength(array)
  const level = walk.enter()
  let text = '['
  for (let i = 0; i < length; i++) {
    walk.steps[level] = i
    if (i > 0) text += ','
    text += textOf(array[i], walk) ?? absentText(walk, !(i in array))
  }
  walk.leave()
  return `${text}]`
}

function absentText(walk: Walk, isHole: boolean): string {
  walk.absent(isHole)
  return 'null'
}

function mapText(keys: readonly string[], source: unknown, isMap: boolean, walk: Walk): string {
  const level = walk.enter()
  let text = ''
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    walk.steps[level] = key
    const value = isMap ? (source as readonly unknown[])[i] : (source as Record<string, unknown>)[key]
    const valueText = textOf(value, walk)
    if (valueText === undefined) continue
    text += `${text === '' ? '' : ','}${keyText(key, walk)}:${valueText}`
  }
  walk.leave()
  return `{${text}}`
}

/** Standard base64 with padding (RFC 4648 section 4). */
function base64(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(PADDING)
  let at = 0
  for (let i = 0; i < bytes.length; i += 3) {
    const rest = bytes.length - i
    const bits = (bytes[i]! << 16) | (rest > 1 ? bytes[i + 1]! << 8 : 0) | (rest > 2 ? bytes[i + 2]! : 0)
    codes[at] = BASE64[bits >> 18]!
    codes[at + 1] = BASE64[(bits >> 12) & 63]!
    if (rest > 1) codes[at + 2] = BASE64[(bits >> 6) & 63]!
    if (rest > 2) codes[at + 3] = BASE64[bits & 63]!
    at += 4
  }
  return decoder.decode(codes)
}
