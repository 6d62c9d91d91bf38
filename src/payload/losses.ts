/**
 * What a value loses on its way to another format, as a list for people. The transcoder itself only knows that there is
 * something; this looks for it in the values, and only when somebody asks.
 */
import type { Policy } from '../limits.ts'
import { pathText } from './encode-value.ts'
import { exactRules, type ValueFormat } from './format.ts'
import { Float64, Tagged } from './values.ts'

/** What could not be carried over: where, and what becomes of it. */
export interface Loss {
  /** As in errors: `args[0].a`; empty for the value itself. */
  readonly path: string
  readonly reason: string
}

/** A value that is still to be looked at, with its way as a list that shares its beginning with others. */
interface Place {
  readonly value: unknown
  readonly step: string | number | null
  readonly parent: Place | null
}

/**
 * All losses of the value in `bytes`. What the target refuses is none: it is an error of the transcode. Throws
 * ProtocolError for malformed bytes. `prefix` names the value in the paths.
 */
export function lossesOf(
  bytes: Uint8Array,
  from: ValueFormat,
  to: ValueFormat,
  policy: Policy,
  prefix: string = '',
): Loss[] {
  const value = from.decode(bytes, 0, bytes.length, { ...exactRules(policy), tags: 'tagged' })
  const losses: Loss[] = []
  const open: Place[] = [{ value, step: null, parent: null }]
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const reason = lossOf(place.value, to, policy)
    if (reason !== null) losses.push({ path: pathText(prefix, stepsOf(place)), reason })
    pushParts(open, place)
  }
  return losses
}

/** What becomes of a value that is not carried over as it is, or null. */
function lossOf(value: unknown, to: ValueFormat, policy: Policy): string | null {
  if (value instanceof Tagged && (policy.tags === 'plain' || policy.unrepresentable === 'json')) {
    const hasTags = to.name === 'cbor' || (to.name === 'msgpack' && value.value instanceof Uint8Array)
    if (policy.tags === 'plain') return `the tag ${value.tag} is dropped`
    return hasTags ? null : 'a Tagged becomes a map'
  }
  if (policy.unrepresentable !== 'json') return null
  const number = value instanceof Float64 ? value.value : value
  if (typeof number !== 'number' || Number.isFinite(number)) return null
  return to.name === 'json' || to.name === 'ubjson-draft12' ? `${number} becomes null` : null
}

/** Puts the parts of a container on the stack, the first one on top. */
function pushParts(open: Place[], place: Place): void {
  const { value } = place
  if (value instanceof Tagged) {
    open.push({ value: value.value, step: null, parent: place })
  } else if (Array.isArray(value)) {
    for (let i = value.length - 1; i >= 0; i--) open.push({ value: value[i], step: i, parent: place })
  } else if (value instanceof Map) {
    for (const [key, item] of [...value].reverse()) open.push({ value: item, step: key, parent: place })
  }
}

function stepsOf(place: Place): (string | number)[] {
  const steps: (string | number)[] = []
  for (let at: Place | null = place; at !== null; at = at.parent) if (at.step !== null) steps.push(at.step)
  return steps.reverse()
}
