/** The view of a message's payload, `msg.payloadView`: a map with the views of args and kwargs. */
import { missingTool } from '../arguments.ts'
import { MODE_ARGS } from '../kernel/abi.ts'
import { DEFAULT_POLICY } from '../limits.ts'
import type { Payload } from './payload.ts'
import type { PayloadView, ViewKind } from './view.ts'
import type { EncodedViews } from './view-source.ts'
import { ValueView } from './view-value.ts'

/**
 * The view of a payload: a map of `args` and `kwargs`, without those that are absent. Empty for an opaque payload.
 * Throws TypeError for a received one whose codec has no views.
 */
export function viewOfPayload(payload: Payload): PayloadView {
  if (payload.context?.views === null) throw missingTool('message.payloadView', 'views')
  payload.ensureChecked()
  return new RootView(payload)
}

/** The major type of CBOR's tags (RFC 8949 section 3.1). */
const TAG = 6

/** args and kwargs as one map. */
class RootView implements PayloadView {
  private readonly payload: Payload
  /** Each is made when it is asked for: null until then. */
  private ofArgs: PayloadView | undefined | null
  private ofKwargs: PayloadView | undefined | null

  constructor(payload: Payload) {
    this.payload = payload
    this.ofArgs = null
    this.ofKwargs = null
  }

  private get args(): PayloadView | undefined {
    const { payload } = this
    if (this.ofArgs === null) this.ofArgs = partOf(payload, payload.args, payload.argsStart, payload.argsEnd)
    return this.ofArgs
  }

  private get kwargs(): PayloadView | undefined {
    const { payload } = this
    if (this.ofKwargs === null)
      this.ofKwargs = partOf(payload, payload.kwargs, payload.kwargsStart, payload.kwargsEnd)
    return this.ofKwargs
  }

  get kind(): ViewKind {
    return 'map'
  }

  get length(): number {
    return this.keys().length
  }

  at(): undefined {
    return undefined
  }

  get(key: unknown): PayloadView | undefined {
    if (key === 'args') return this.args
    return key === 'kwargs' ? this.kwargs : undefined
  }

  path(...steps: (string | number)[]): PayloadView | undefined {
    const [first] = steps
    if (first === undefined) return this
    return typeof first === 'string' ? this.get(first)?.path(...steps.slice(1)) : undefined
  }

  keys(): string[] {
    return ['args', 'kwargs'].filter((key) => this.get(key) !== undefined)
  }

  /** The very values that `msg.args` and `msg.kwargs` give. */
  toValue(): unknown {
    const { payload } = this
    const partValue = (key: string): unknown => (key === 'args' ? payload.readArgs() : payload.readKwargs())
    return Object.fromEntries(this.keys().map((key) => [key, partValue(key)]))
  }

  [Symbol.iterator](): Iterator<PayloadView> {
    return [this.args, this.kwargs].filter((view) => view !== undefined)[Symbol.iterator]()
  }
}

/** The view of args or kwargs in a payload; undefined when they are absent. */
function partOf(payload: Payload, value: unknown, start: number, end: number): PayloadView | undefined {
  if (payload.mode !== MODE_ARGS) return undefined
  const { bytes, context, format } = payload
  if (bytes === null || context === null)
    return value == null ? undefined : new ValueView(value, DEFAULT_POLICY)
  if (end <= start) return undefined
  // Tags that are kept are no part of args and kwargs, which are a list and a dictionary.
  const isTagged = format.name === 'cbor' && context.policy.tags === 'tagged'
  const bare = isTagged ? start + tagBytes(payload.span(start, end)) : start
  return (context.views as EncodedViews)(payload, bare, end, format, context)
}

/** Bytes of the CBOR tags around the value in the bytes, which may have changed since they were checked. */
function tagBytes(bytes: Uint8Array): number {
  let at = 0
  while ((bytes[at] as number) >> 5 === TAG) {
    const info = (bytes[at] as number) & 31
    at += info < 24 ? 1 : 1 + 2 ** (info - 24)
  }
  return Math.min(at, bytes.length)
}
