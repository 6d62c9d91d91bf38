/**
 * One encoded value from any format to any other: in one pass of the kernel, or, as its fallback, by the decoder and
 * the encoder. Both ways give the same bytes, but for a key that a map has twice: the kernel passes it on twice, the
 * encoder once, with its last value. Numbers stay what they are: 64-bit integers, integral floats, -0.
 */
import { fixedBytes } from '../brand.ts'
import { EncodeError } from '../errors.ts'
import {
  FLAG_LOST,
  FORMAT_CBOR,
  FORMAT_FLEXBUFFERS,
  MODE_UNCHECKED,
  OK,
  RECORD_FLAGS,
  SCAN_TAGGED,
  SIZE_LIMIT,
} from '../kernel/abi.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Policy } from '../limits.ts'
import { checkResident, checkSize, MAX_UNCHECKED, refuseUnchecked } from './check-value.ts'
import { exactRules } from './decode-rules.ts'
import type { ValueFormat } from './format.ts'
import { GrowthError, rewriting } from './growth.ts'
import { acquireOutput, copyOf, type Output, releaseOutput } from './output.ts'
import type { Payload, PayloadContext } from './payload.ts'
import type { TranscodedPayload } from './payload-parts.ts'
import type { Loss, lossesOf } from './value-losses.ts'

/**
 * Transcodes the value in `bytes`, which are copied to the kernel first. Throws ProtocolError for bytes that `decode`
 * refuses (`offset` is an index in `bytes`), or that would become too many, and EncodeError for what the target has no
 * form for, with its path. With `losses`, which looks for them, a loss is an EncodeError too, UNENCODABLE.
 */
export function transcode(
  kernel: Kernel,
  bytes: Uint8Array,
  from: ValueFormat,
  to: ValueFormat,
  policy: Policy,
  losses: typeof lossesOf | null = null,
): Uint8Array<ArrayBuffer> {
  checkSize(bytes, from, policy)
  // FlexBuffers are written anew: what is shared in them may be refused.
  if (from === to && !isShared(from)) {
    kernel.load(bytes)
    checkResident(kernel, bytes.length, from, policy)
    // What was checked, whatever has become of the bytes.
    const own = kernel.copyOut(bytes.length)
    if (policy.duplicateKeys === 'refuse' || mayOverflow(kernel, bytes.length, from, policy))
      from.decode(own, 0, own.length, policy)
    return own
  }
  if (policy.integers === 'number') {
    kernel.load(bytes)
    checkResident(kernel, bytes.length, from, policy)
    if (mayOverflow(kernel, bytes.length, from, policy))
      from.decode(kernel.copyOut(bytes.length), 0, bytes.length, policy)
  }
  // The kernel does not know which keys it has seen.
  if (policy.duplicateKeys !== 'refuse') {
    kernel.load(bytes)
    if (transcodeResident(kernel, { at: 0, length: bytes.length, place: 0 }, from, to, policy)) {
      const isLossless = ((kernel.words[kernel.record + RECORD_FLAGS] as number) & FLAG_LOST) === 0
      const result = kernel.bytes.slice(kernel.outStart, kernel.outEnd)
      if (losses === null || isLossless) return result
    }
  }
  if (bytes.length > MAX_UNCHECKED) {
    kernel.load(bytes)
    checkResident(kernel, bytes.length, from, policy)
  }
  const out = acquireOutput()
  try {
    const own = fixedBytes(bytes)
    const [loss] = losses === null ? [] : losses(own, from, to, policy, '')
    if (loss !== undefined) throw refusal(loss, to)
    transcodeValue(out, own, from, to, policy)
    return out.finish()
  } catch (error) {
    return refuseUnchecked(error, kernel, bytes, from, policy)
  } finally {
    releaseOutput(out)
  }
}

/** True for the format in which one part may stand for many. */
function isShared({ id }: ValueFormat): boolean {
  return id === FORMAT_FLEXBUFFERS
}

/** Bytes of the longest integers that every Number holds. */
const SAFE_BYTES = 127

/**
 * Whether the value that is loaded may have an integer that no Number holds, where integers are Numbers: it is one to
 * the kernel, and under the exact rules. UBJSON has numbers of so many digits whatever the limit is.
 */
function mayOverflow(kernel: Kernel, length: number, { id, name }: ValueFormat, policy: Policy): boolean {
  if (policy.integers !== 'number') return false
  const limits = { ...policy, maxBigIntBytes: Math.min(policy.maxBigIntBytes, SAFE_BYTES) }
  return name.startsWith('ubjson') || kernel.check(0, length, id, 0, limits) !== OK
}

/** A value in the kernel's input window, `at` bytes from its start; the result goes to `place`, 0 for any place. */
interface LoadedValue {
  readonly at: number
  readonly length: number
  readonly place: number
}

/**
 * The same in the kernel alone. True when it succeeds: the result is between `kernel.outStart` and `kernel.outEnd`.
 * False when `transcodeValue` must do it, or say what is wrong. Throws GrowthError for FlexBuffers that would grow
 * beyond measure.
 */
export function transcodeResident(
  kernel: Kernel,
  { at, length, place }: LoadedValue,
  from: ValueFormat,
  to: ValueFormat,
  policy: Policy,
): boolean {
  const flags = policy.tags === 'tagged' ? SCAN_TAGGED : 0
  const pass = (target: number, place: number): number => {
    const status = kernel.transcode({ at, length, from: from.id, to: target, flags, limits: policy }, place)
    if (status !== SIZE_LIMIT || !isShared(from)) return status
    // The encoder would go on for as long as there is memory.
    throw new GrowthError(from.name, 0)
  }
  // FlexBuffers are written from the end, with sorted keys and shared texts: by JavaScript.
  if (to.id !== FORMAT_FLEXBUFFERS && pass(to.id, place) === OK) return true
  // Before JavaScript does what the kernel cannot, CBOR, which can hold anything, shows how long it would become.
  if (isShared(from)) pass(FORMAT_CBOR, 0)
  return false
}

/** Decodes the value in `bytes` and encodes it: what `transcode` does when the kernel cannot. */
export function transcodeValue(
  out: Output,
  bytes: Uint8Array,
  from: ValueFormat,
  to: ValueFormat,
  policy: Policy,
): void {
  to.encode(out, from.decode(bytes, 0, bytes.length, exactRules(policy)), policy, '')
}

function refusal({ path, reason }: Loss, to: ValueFormat): EncodeError {
  const details = { format: to.name, path: path || null }
  return new EncodeError(
    'UNENCODABLE',
    `cannot encode ${path || 'the value'} to ${to.name}: ${reason}`,
    details,
  )
}

/**
 * args and kwargs of a received payload, which was checked, in another format; made once for all messages that share
 * the payload. Throws EncodeError for what the format has no form for, with its path, and for args or kwargs that would
 * grow beyond measure.
 */
export function bytesIn(payload: Payload, format: ValueFormat): TranscodedPayload {
  // Nothing but an empty payload has no bytes; or one whose buffer a receiver has taken away.
  const known = payload.transcoded?.find(({ format: of, bytes }) => of === format && bytes.length > 0)
  if (known !== undefined) return known
  const context = payload.context as PayloadContext
  const made = inKernel(payload, format, context) ?? inValues(payload, format, context.policy)
  return remember(payload, made, context)
}

/**
 * Checks what was deferred, where possible in the pass that makes what `bytesIn` gives: that is returned then, and null
 * otherwise. Throws ProtocolError for what is malformed.
 */
export function checkInto(payload: Payload, format: ValueFormat): TranscodedPayload | null {
  if (payload.mode !== MODE_UNCHECKED) return null
  const context = payload.context as PayloadContext
  const made = payload.format === format ? null : context.checkInto(payload, format)
  if (made !== null) return remember(payload, made, context)
  payload.ensureChecked()
  return null
}

function remember(payload: Payload, made: TranscodedPayload, context: PayloadContext): TranscodedPayload {
  context.counters.transcoded++
  if (context.policy.cache) {
    const others = payload.transcoded?.filter(({ format }) => format !== made.format) ?? []
    payload.transcoded = [...others, made]
  }
  return made
}

function inKernel(payload: Payload, format: ValueFormat, context: PayloadContext): TranscodedPayload | null {
  const { kernel, policy } = context
  const { argsStart, argsEnd, kwargsStart, kwargsEnd } = payload
  const hasArgs = argsEnd > argsStart
  const hasKwargs = kwargsEnd > kwargsStart
  if (!hasArgs && !hasKwargs) return { format, bytes: NOTHING, argsEnd: 0 }
  let { loadedAt } = payload
  // Also where the kernel has them still, they are gone for all.
  payload.source()
  if (payload.loads !== kernel.loads) {
    // Of a list only the end; in other frames they stand anywhere.
    const start = hasArgs && !(hasKwargs && kwargsStart < argsStart) ? argsStart : kwargsStart
    kernel.load(payload.span(start, Math.max(hasArgs ? argsEnd : 0, hasKwargs ? kwargsEnd : 0)))
    // Not resident: the attributes are not there, and what was borrowed may have changed since it was checked.
    loadedAt = -start
  }
  const pass = (path: string, start: number, end: number, place: number): boolean => {
    const value = { at: loadedAt + start, length: end - start, place }
    return rewriting(path, () => transcodeResident(kernel, value, payload.format, format, policy))
  }
  if (hasArgs && !pass('args', argsStart, argsEnd, 0)) return null
  const start = kernel.outStart
  const middle = kernel.outEnd
  if (hasKwargs && !pass('kwargs', kwargsStart, kwargsEnd, hasArgs ? middle : 0)) return null
  if (!hasArgs) return { format, bytes: copyOf(kernel.bytes, kernel.outStart, kernel.outEnd), argsEnd: 0 }
  return { format, bytes: copyOf(kernel.bytes, start, kernel.outEnd), argsEnd: middle - start }
}

const NOTHING = new Uint8Array(0)

function inValues(payload: Payload, format: ValueFormat, policy: Policy): TranscodedPayload {
  const out = acquireOutput()
  try {
    const args = payload.exactArgs()
    if (args !== null) format.encode(out, args, policy, 'args')
    const argsEnd = out.mark()
    const kwargs = payload.exactKwargs()
    if (kwargs !== null) format.encode(out, kwargs, policy, 'kwargs')
    return { format, bytes: out.finish(), argsEnd }
  } finally {
    releaseOutput(out)
  }
}
