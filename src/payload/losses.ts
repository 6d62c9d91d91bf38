/**
 * What a value loses on its way to another format, as a list for people. The way itself is tried, value by value: what
 * the target refuses, and what comes back from it as something else. For whoever asks, never on the hot path.
 */
import { isBytes, isMap } from '../brand.ts'
import { EncodeError } from '../errors.ts'
import type { Policy } from '../limits.ts'
import { stepInto } from './encode-value.ts'
import { CBOR_FORMAT, exactRules, type ValueFormat } from './format.ts'
import { acquireOutput, releaseOutput } from './output.ts'
import { Float64, Tagged } from './values.ts'

/** An attribute or a part of one that does not arrive as it is, and why. */
export interface Loss {
  /** As in errors: `forward_for`, `args[0].a`; empty for a payload value itself. */
  readonly path: string
  readonly reason: string
}

/** A value that is still to be looked at. Steps are null for the content of a tag. */
interface Place {
  readonly value: unknown
  readonly step: string | number | null
  readonly parent: Place | null
  /** Null until a loss asks for it. */
  path: string | null
}

/**
 * All losses of the encoded value in `bytes`. `prefix` names the value in the paths. Throws ProtocolError for malformed
 * bytes.
 */
export function lossesOf(
  bytes: Uint8Array,
  from: ValueFormat,
  to: ValueFormat,
  policy: Policy,
  prefix: string = '',
): Loss[] {
  if (from === to) return []
  const exact = from.decode(bytes, 0, bytes.length, { ...exactRules(policy), tags: 'tagged' })
  return exactLosses(exact, to, policy, prefix)
}

/**
 * All losses of a value of the application. It takes its form on the wire in CBOR, which has one for everything that
 * any format can carry.
 */
export function valueLosses(value: unknown, to: ValueFormat, policy: Policy, prefix: string): Loss[] {
  const out = acquireOutput()
  try {
    CBOR_FORMAT.encode(out, value, policy, prefix)
    const bytes = out.finish()
    const exact = CBOR_FORMAT.decode(bytes, 0, bytes.length, { ...exactRules(policy), tags: 'tagged' })
    return exactLosses(exact, to, policy, prefix)
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error
    return [{ path: error.path ?? prefix, reason: reasonOf(error) }]
  } finally {
    releaseOutput(out)
  }
}

function exactLosses(value: unknown, to: ValueFormat, policy: Policy, prefix: string): Loss[] {
  const losses: Loss[] = []
  const open: Place[] = [{ value, step: null, parent: null, path: prefix }]
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const reason = lossOf(place.value, to, policy)
    if (reason !== null) losses.push({ path: pathOf(place), reason })
    pushParts(open, place, losses, to, policy)
  }
  return losses
}

/** What becomes of a value, without its parts, that does not arrive as it is; or null. */
function lossOf(value: unknown, to: ValueFormat, policy: Policy): string | null {
  if (value instanceof Tagged) {
    if (policy.tags === 'plain') return `the tag ${value.tag} is dropped`
    // An extension needs its bytes; of a tag any value will do.
    const bare = isBytes(value.value) ? value : new Tagged(value.tag, null)
    return tried(bare, to, policy)
  }
  return Array.isArray(value) || isMap(value) ? null : tried(value, to, policy)
}

/** Encodes a value and reads it again. */
function tried(value: unknown, to: ValueFormat, policy: Policy): string | null {
  const out = acquireOutput()
  try {
    to.encode(out, value, policy, '')
    const bytes = out.finish()
    const back = to.decode(bytes, 0, bytes.length, { ...exactRules(policy), tags: 'tagged' })
    return isSame(value, back) ? null : `it arrives as ${shown(back)}`
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error
    return reasonOf(error)
  } finally {
    releaseOutput(out)
  }
}

/** The words of an error without what the path says already. */
export function reasonOf(error: EncodeError): string {
  return error.message.replace(/^cannot encode .*? to [\w-]+: /, '')
}

function isSame(a: unknown, b: unknown): boolean {
  if (isBytes(a)) return isBytes(b) && a.length === b.length && a.every((byte, i) => byte === b[i])
  if (isMap(a)) return isMap(b) && [...a.keys()].every((key) => b.has(key))
  if (a instanceof Tagged) return b instanceof Tagged && BigInt(a.tag) === BigInt(b.tag)
  if (a instanceof Float64 || b instanceof Float64) {
    return a instanceof Float64 && b instanceof Float64 && Object.is(a.value, b.value)
  }
  return Object.is(a, b)
}

function shown(value: unknown): string {
  if (value === null) return 'null'
  if (value instanceof Float64) return `the float ${value.value}`
  return typeof value === 'object' ? 'something else' : `the ${typeof value} ${String(value)}`
}

/**
 * Puts the parts of a container on the stack, the first one on top. Keys are tried here: they are values of no place.
 */
function pushParts(open: Place[], place: Place, losses: Loss[], to: ValueFormat, policy: Policy): void {
  const { value } = place
  if (value instanceof Tagged) {
    open.push({ value: value.value, step: null, parent: place, path: null })
  } else if (Array.isArray(value)) {
    for (let i = value.length - 1; i >= 0; i--) {
      open.push({ value: value[i], step: i, parent: place, path: null })
    }
  } else if (isMap(value)) {
    const parts = [...(value as Map<string, unknown>)].map(
      ([step, item]): Place => ({ value: item, step, parent: place, path: null }),
    )
    for (const part of parts) {
      const reason = tried(new Map([[part.step, null]]), to, policy)
      if (reason !== null) losses.push({ path: pathOf(part), reason: `its key: ${reason}` })
    }
    // One by one: a peer chooses how many there are, and arguments of a call stand on the stack.
    for (let i = parts.length - 1; i >= 0; i--) open.push(parts[i] as Place)
  }
}

/**
 * The path of a place, made from its parent's: engines keep the common beginning once, so that a million losses deep in
 * a value take no more memory than a million at its top. The recursion is as deep as the value, at most KERNEL_MAX_DEPTH.
 */
function pathOf(place: Place): string {
  const { parent, step } = place
  if (place.path === null) {
    const before = parent === null ? '' : pathOf(parent)
    place.path = step === null ? before : stepInto(before, step)
  }
  return place.path
}
