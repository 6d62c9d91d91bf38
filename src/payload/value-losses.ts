/**
 * What a value loses on its way to another format, as a list for people. The way itself is tried, value by value: what
 * the target refuses, and what comes back from it as something else. Only on request, never on the hot path.
 */
import { isBytes, isMap } from '../brand.ts'
import { EncodeError } from '../errors.ts'
import type { Policy } from '../limits.ts'
import { exactRules, ownRules } from './decode-rules.ts'
import { stepInto } from './encode-value.ts'
import type { ValueFormat } from './format.ts'
import { CBOR_FORMAT } from './formats-core.ts'
import { GrowthError, OVERGROWN } from './growth.ts'
import { faultOf, hasAnyKeys, stepOf, textsOf } from './map-keys.ts'
import { acquireOutput, releaseOutput } from './output.ts'
import { Float64, Tagged } from './values.ts'

/** An attribute or a part of one that does not arrive as it is, and why. */
export interface Loss {
  /** As in errors: `forward_for`, `args[0].a`; empty for a payload value itself. */
  readonly path: string
  /** What becomes of it, for people: `it arrives as null`. */
  readonly reason: string
}

/** A value that is still to be looked at. Steps are null for the content of a tag. */
interface Place {
  readonly value: unknown
  readonly step: string | number | null
  readonly parent: Place | null
  /** Null until a loss asks for it. */
  path: string | null
  /** It is the key of its place, or a part of one. */
  readonly isKey: boolean
}

/**
 * All losses of the encoded value in `bytes`. `prefix` names the value in the paths, a part of a message. Throws
 * ProtocolError for malformed bytes, and for a value by itself that would grow beyond measure.
 *
 * @internal
 */
export function lossesOf(
  bytes: Uint8Array,
  from: ValueFormat,
  to: ValueFormat,
  policy: Policy,
  prefix: string = '',
): Loss[] {
  if (from === to) return []
  let exact: unknown
  try {
    exact = from.decode(bytes, 0, bytes.length, { ...exactRules(policy), tags: 'tagged' })
  } catch (error) {
    // A part of a message is well-formed, and does not arrive at all.
    if (prefix === '' || !(error instanceof GrowthError)) throw error
    return [{ path: prefix, reason: OVERGROWN }]
  }
  return exactLosses(exact, to, policy, prefix)
}

/**
 * All losses of a value of the application; but only the first one of what has no form in the target.
 *
 * @internal
 */
export function valueLosses(value: unknown, to: ValueFormat, policy: Policy, prefix: string): Loss[] {
  const losses = wireLosses(value, to, policy, prefix)
  if (policy.unrepresentable === 'throw') return losses
  const isNew = ({ path }: Loss): boolean => losses.every((loss) => loss.path !== path)
  return [...refusalIn(value, to, { ...policy, unrepresentable: 'throw' }, prefix).filter(isNew), ...losses]
}

/** The value takes its form on the wire in CBOR, which has one for everything but the extensions of MsgPack. */
function wireLosses(value: unknown, to: ValueFormat, policy: Policy, prefix: string): Loss[] {
  const out = acquireOutput()
  try {
    CBOR_FORMAT.encode(out, value, policy, prefix)
    const bytes = out.finish()
    const exact = CBOR_FORMAT.decode(bytes, 0, bytes.length, ownRules(policy))
    return exactLosses(exact, to, policy, prefix)
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error
    return refusalIn(value, to, policy, prefix)
  } finally {
    releaseOutput(out)
  }
}

/** Why the target refuses a value of the application, if it does. */
function refusalIn(value: unknown, to: ValueFormat, policy: Policy, prefix: string): Loss[] {
  const out = acquireOutput()
  try {
    to.encode(out, value, policy, prefix)
    return []
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error
    return [{ path: error.path ?? prefix, reason: reasonOf(error) }]
  } finally {
    releaseOutput(out)
  }
}

function exactLosses(value: unknown, to: ValueFormat, policy: Policy, prefix: string): Loss[] {
  const losses: Loss[] = []
  const open: Place[] = [{ value, step: null, parent: null, path: prefix, isKey: false }]
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const reason = lossOf(place.value, to, policy)
    if (reason !== null) losses.push(lossAt(place, reason))
    pushParts(open, place, losses, to, policy)
  }
  return losses
}

function lossAt(place: Place, reason: string): Loss {
  return { path: pathOf(place), reason: place.isKey ? `its key: ${reason}` : reason }
}

/** What becomes of a value, without its parts, that does not arrive as it is; or null. */
function lossOf(value: unknown, to: ValueFormat, policy: Policy): string | null {
  if (value instanceof Tagged) {
    const isTag = value.kind === 'tag'
    if (isTag && policy.tags === 'plain') return `the tag ${value.tag} is dropped`
    // An extension needs its bytes; of a tag any value will do.
    const bare = isTag && !isBytes(value.value) ? new Tagged(value.tag, null) : value
    return tried(bare, to, policy)
  }
  return Array.isArray(value) || isMap(value) ? null : tried(value, to, policy)
}

/** Encodes a value, or a map with it as its key, and reads it again. */
function tried(value: unknown, to: ValueFormat, policy: Policy, isKey: boolean = false): string | null {
  const out = acquireOutput()
  try {
    to.encode(out, isKey ? new Map([[value, null]]) : value, policy, '')
    const bytes = out.finish()
    let back = to.decode(bytes, 0, bytes.length, ownRules(policy))
    if (isKey) {
      const keys = [...(back as Map<unknown, unknown>).keys()]
      if (keys.length === 0) return 'it is left out'
      back = keys[0]
    }
    return isSame(value, back) ? null : `it arrives as ${shown(back)}`
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error
    return reasonOf(error)
  } finally {
    releaseOutput(out)
  }
}

/** The words of an error without what the path says already. @internal */
export function reasonOf(error: EncodeError): string {
  return error.message.replace(/^cannot encode .*? to [\w-]+: /, '')
}

function isSame(a: unknown, b: unknown): boolean {
  if (isBytes(a)) return isBytes(b) && a.length === b.length && a.every((byte, i) => byte === b[i])
  if (a instanceof Tagged) return b instanceof Tagged && a.kind === b.kind && BigInt(a.tag) === BigInt(b.tag)
  // -0 is a float on the wire, also where JSON has it without a point.
  if (Object.is(a, -0) && b instanceof Float64) return Object.is(b.value, -0)
  if (a instanceof Float64 || b instanceof Float64) {
    return a instanceof Float64 && b instanceof Float64 && Object.is(a.value, b.value)
  }
  return Object.is(a, b)
}

function shown(value: unknown): string {
  if (value === null) return 'null'
  if (value instanceof Float64) return `the float ${value.value}`
  if (value instanceof Tagged && value.kind === 'extension') return `an extension of type ${value.tag}`
  return typeof value === 'object' ? 'something else' : `the ${typeof value} ${String(value)}`
}

/** Puts the parts of a container on the stack, the first one on top. */
function pushParts(open: Place[], place: Place, losses: Loss[], to: ValueFormat, policy: Policy): void {
  const { value, isKey } = place
  const partOf = (part: unknown, step: string | number | null, ofKey: boolean = isKey): Place => {
    return { value: part, step, parent: place, path: null, isKey: ofKey }
  }
  if (value instanceof Tagged) {
    if (value.kind === 'tag') open.push(partOf(value.value, null))
  } else if (Array.isArray(value)) {
    for (let i = value.length - 1; i >= 0; i--) open.push(partOf(value[i], i))
  } else if (isMap(value)) {
    const keys: unknown[] = []
    const parts: Place[] = []
    for (const [name, entry] of value) {
      const key = bareKey(name, policy)
      const step = stepOf(key)
      const ofKey = partOf(key, step, true)
      const reason = lossOfKey(name, key, to, policy)
      if (reason !== null) losses.push(lossAt(ofKey, reason))
      keys.push(key)
      if (hasParts(key) && hasAnyKeys(to.name)) parts.push(ofKey)
      parts.push(partOf(entry, step))
    }
    if (!hasAnyKeys(to.name) && textsOf(keys) === null) {
      const [code, reason] = faultOf(keys)
      if (code === 'DUPLICATE_KEY') losses.push(lossAt(place, reason))
    }
    // One by one: a peer chooses how many there are, and arguments of a call stand on the stack.
    for (let i = parts.length - 1; i >= 0; i--) open.push(parts[i] as Place)
  }
}

/**
 * The path of a place, made from its parent's: engines keep the common beginning once, so that a million losses deep in
 * a value take no more memory than a million at its top. The recursion is as deep as the value, at most MAX_DEPTH.
 */
function pathOf(place: Place): string {
  const { parent, step } = place
  if (place.path === null) {
    const before = parent === null ? '' : pathOf(parent)
    place.path = step === null ? before : stepInto(before, step)
  }
  return place.path
}

/** A key without the tags that are dropped. */
function bareKey(key: unknown, policy: Policy): unknown {
  let bare = key
  while (bare instanceof Tagged && bare.kind === 'tag' && policy.tags === 'plain') bare = bare.value
  return bare
}

/** What becomes of a key, but for its parts, where it may have any; or null. */
function lossOfKey(key: unknown, bare: unknown, to: ValueFormat, policy: Policy): string | null {
  const isByParts = hasParts(bare) && hasAnyKeys(to.name)
  const reason = isByParts ? null : tried(bare, to, policy, true)
  if (reason !== null || !(key instanceof Tagged) || key === bare) return reason
  return `the tag ${key.tag} is dropped`
}

/** True for what has parts, or needs a look of its own. */
function hasParts(value: unknown): boolean {
  return Array.isArray(value) || isMap(value) || value instanceof Tagged
}
