/**
 * Raw payloads: what history, retention and call queues keep of a message. A raw payload that came from a message is
 * known here and leads back to the very payload, checked already; any other is decoded, and thereby checked.
 */

import { checkOptions, isObject, nameOf, wrongArgument } from '../arguments.ts'
import { isAttached, isBytes } from '../brand.ts'
import { MODE_ENC, MODE_PPT } from '../kernel/abi.ts'
import { DEFAULT_POLICY, MAX_DEPTH } from '../limits.ts'
import type { ValueFormat } from './format.ts'
import { builtPayload, type Payload } from './payload.ts'
import type { RawPayload } from './raw-payload.ts'

/** The formats of all entries that have made a codec, by name. */
const formats = new Map<string, ValueFormat>()

/** Makes formats known here; every codec does. */
export function registerFormats(known: readonly ValueFormat[]): void {
  for (const format of known) formats.set(format.name, format)
}

/** What some codec has accepted is accepted. */
const RULES = { ...DEFAULT_POLICY, maxDepth: MAX_DEPTH, maxNodes: 2 ** 30, maxBigIntBytes: 2 ** 24 }

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
  const decode = (bytes: Uint8Array | undefined): unknown =>
    bytes === undefined || bytes.length === 0 ? null : format.decode(bytes, 0, bytes.length, RULES)
  const args = decode(first)
  const kwargs = decode(second)
  if (args !== null && !Array.isArray(args)) throw wrongArgument('rawPayload: args', 'a list', args)
  if (kwargs !== null && !isObject(kwargs)) throw wrongArgument('rawPayload: kwargs', 'a dictionary', kwargs)
  return builtPayload(args, kwargs as Record<string, unknown> | null, null, MODE_ENC)
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
