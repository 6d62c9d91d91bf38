/**
 * Raw payloads: what history, retention and call queues keep of a message. A raw payload that came from a message is
 * known here and leads back to the very payload, checked already; any other is decoded, and thereby checked.
 */

import { checkOptions, nameOf, wrongArgument } from '../arguments.ts'
import { isAttached, isBytes, isMap } from '../brand.ts'
import { Counters } from '../counters.ts'
import { FORMAT_JSON, MODE_ARGS, MODE_ENC, MODE_PPT } from '../kernel/abi.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { LAX_POLICY } from '../limits.ts'
import type { ValueFormat } from './format.ts'
import { COMMA } from './json/syntax.ts'
import { builtPayload, NO_PAYLOAD, Payload, type PayloadContext } from './payload.ts'
import type { RawPayload } from './raw-payload.ts'
import { ValueView } from './view-value.ts'

/** The formats of all entries that have made a codec, by name. */
const formats = new Map<string, ValueFormat>()

/** Makes formats known here; every codec does. */
export function registerFormats(known: readonly ValueFormat[]): void {
  for (const format of known) formats.set(format.name, format)
}

/** Payloads of no codec: read without a kernel. */
const CONTEXT: PayloadContext = {
  kernel: { loads: 0 } as Kernel,
  policy: LAX_POLICY,
  attributes: LAX_POLICY,
  counters: new Counters(),
  fast: null,
  views: ({ bytes }, start, end, format) =>
    new ValueView(format.decode(bytes as Uint8Array, start, end, LAX_POLICY), LAX_POLICY),
  check() {},
  checkInto: () => null,
}

const origins = new WeakMap<RawPayload, Payload>()

/** The raw form of a payload; null for one without encoded bytes. */
export function rawOf(payload: Payload): RawPayload | null {
  const raw = payload.raw()
  if (raw !== null) origins.set(raw, payload)
  return raw
}

/**
 * The payload of a raw form. Throws ProtocolError when bytes that do not come from a message are malformed, TypeError
 * when no codec of this thread has their format.
 */
export function payloadOfRaw(raw: RawPayload): Payload {
  const known = origins.get(raw)
  if (known !== undefined) return known
  checkRaw(raw)
  const [first, second] = raw.bytes
  if (raw.mode !== 'args')
    return builtPayload(null, null, first ?? null, raw.mode === 'enc' ? MODE_ENC : MODE_PPT)
  const format = formats.get(raw.format)
  if (format === undefined) throw new TypeError(`rawPayload: unknown format ${raw.format}`)
  // Copies: their owner may change them, and shared memory may change while it is read.
  const parts = [first ?? NONE, second ?? NONE].map((bytes) => new Uint8Array(bytes))
  const [args, kwargs] = parts as [Uint8Array, Uint8Array]
  const hasArgs = isThere(format, args, Array.isArray, 'rawPayload: args', 'a list')
  const hasKwargs = isThere(
    format,
    kwargs,
    isOfNames,
    'rawPayload: kwargs',
    'a dictionary with texts as keys',
  )
  return hasArgs || hasKwargs
    ? encodedPayload(format, hasArgs ? args : NONE, hasKwargs ? kwargs : NONE)
    : NO_PAYLOAD
}

/** True when the bytes are a value that `is` accepts, false for null or none. Throws ProtocolError and TypeError. */
function isThere(
  format: ValueFormat,
  bytes: Uint8Array,
  is: (value: unknown) => boolean,
  what: string,
  expected: string,
): boolean {
  if (bytes.length === 0) return false
  const value = format.decode(bytes, 0, bytes.length, { ...LAX_POLICY, maps: 'map' })
  if (value !== null && !is(value)) throw wrongArgument(what, expected, value)
  return value !== null
}

function isOfNames(value: unknown): boolean {
  return isMap(value) && [...value.keys()].every((key) => typeof key === 'string')
}

const NONE = new Uint8Array(0)

/** A payload of encoded args and kwargs, one behind the other as in a frame. */
function encodedPayload(format: ValueFormat, args: Uint8Array, kwargs: Uint8Array): Payload {
  const isApart = format.id === FORMAT_JSON && args.length > 0 && kwargs.length > 0
  const kwargsStart = args.length + (isApart ? 1 : 0)
  const bytes = new Uint8Array(kwargsStart + kwargs.length)
  bytes.fill(COMMA, args.length, kwargsStart)
  bytes.set(args)
  bytes.set(kwargs, kwargsStart)
  const payload = new Payload(bytes, 0, bytes.length, format, CONTEXT)
  payload.mode = MODE_ARGS
  payload.argsEnd = args.length
  payload.kwargsStart = kwargsStart
  payload.kwargsEnd = bytes.length
  return payload
}

/** Throws TypeError or RangeError for what has not the form of a raw payload. */
function checkRaw(raw: RawPayload): void {
  checkOptions('rawPayload', raw, ['format', 'mode', 'bytes'])
  const { format, mode, bytes } = raw
  if (typeof format !== 'string')
    throw wrongArgument('rawPayload: format', 'the name of a payload format', format)
  if (mode !== 'args' && mode !== 'enc' && mode !== 'ppt') {
    throw new RangeError(`rawPayload: mode is args, enc or ppt, got ${nameOf(mode)}`)
  }
  if (!Array.isArray(bytes)) throw wrongArgument('rawPayload: bytes', 'a list of Uint8Arrays', bytes)
  for (const part of bytes) {
    if (!isBytes(part)) throw wrongArgument('rawPayload: bytes', 'a Uint8Array', part)
    if (!isAttached(part)) throw new TypeError('rawPayload: the buffer of its bytes was detached')
  }
}
