/**
 * One publication to many subscribers: the payload and all that they share is encoded once for each serializer and
 * kind of receiver, and each subscription gets a head of its own around it.
 */
import { checkOptions, wrongArgument } from '../arguments.ts'
import type { Codec } from '../codec.ts'
import type { Counters } from '../counters.ts'
import { checkAttribute } from '../message/check.ts'
import { type EventDetails, EventMessage } from '../message/classes/event-message.ts'
import { Publish } from '../message/classes/publish.ts'
import { notDerivable } from '../message/derive.ts'
import { EVENT } from '../message/tables/pubsub.ts'
import { type Envelope, envelopeOf } from '../serializer/envelope.ts'
import { checkSerializer } from '../serializer/ids.ts'
import { isSpliced } from '../serializer/payload-writer.ts'
import type { Serializer } from '../serializer/serializer.ts'

/** What all subscribers are told of a publication. */
export interface FanOutEvent
  extends Pick<EventDetails, 'publication' | 'publisher_authid' | 'publisher_authrole' | 'forward_for'> {
  /** The session id of the publisher. It, its authid and authrole are told where `disclose` is true. */
  publisher?: number | null | undefined
}

/** A subscription, and what its subscribers are told. */
export interface FanOutReceiver {
  /** The id of the subscription. */
  subscription: number
  /** Whether the topic is told: for subscriptions to patterns. Default false; null is false. */
  topic?: boolean | null | undefined
  /** Whether it is an event that the broker had kept: true or false is told, null is not. Default null. */
  retained?: boolean | null | undefined
  /** Whether it is told who published. Default false; null is false. */
  disclose?: boolean | null | undefined
}

const EVENT_OPTIONS: readonly string[] = [
  'publication',
  'publisher',
  'publisher_authid',
  'publisher_authrole',
  'forward_for',
]
const RECEIVER_OPTIONS: readonly string[] = ['subscription', 'topic', 'retained', 'disclose']

/** What the receivers of one kind share, and the last frame: receivers of one subscription come one after the other. */
interface Body {
  readonly envelope: Envelope
  readonly isSpliced: boolean
  /** That of the last frame; NaN before the first, where it is not asked for. */
  subscription: number
  bytes: Uint8Array<ArrayBuffer> | null
  parts: readonly Uint8Array<ArrayBuffer>[] | null
}

/** The fan-out of one publication. Make one for each PUBLISH, and drop it when all have got theirs. */
export class FanOut {
  readonly #counters: Counters
  readonly #publish: Publish
  readonly #event: FanOutEvent
  readonly #bodies: Map<Serializer, (Body | null)[]>
  /** The serializer that was asked for last, and its bodies by kind of receiver. */
  #serializer: Serializer | null
  #kinds: (Body | null)[]

  /**
   * The bytes are those of `serializer.encode(EventMessage.from(publish, {...}))` with the same attributes; what is
   * handed out is shared and read-only. `codec` counts what goes out. Neither `publish` nor `event` may change, nor
   * `publish` be detached, while this is used.
   */
  constructor(codec: Pick<Codec, 'internUri'>, publish: Publish, event: FanOutEvent) {
    const counters = (codec as Codec | undefined)?._counters
    if (counters === undefined) throw wrongArgument('FanOut', 'a codec', codec)
    checkOptions('FanOut', event, EVENT_OPTIONS)
    if (!(publish instanceof Publish)) throw notDerivable(publish, event, EVENT)
    this.#counters = counters
    this.#publish = publish
    this.#event = event
    this.#bodies = new Map()
    this.#serializer = null
    this.#kinds = []
  }

  /**
   * The frame for a subscription, the same bytes for all its subscribers. Throws EncodeError, or TypeError for a
   * receiver without an id or with anything but a boolean, also after others were served.
   */
  bytes(serializer: Serializer, receiver: FanOutReceiver): Uint8Array<ArrayBuffer> {
    const subscription = subscriptionOf(receiver)
    const kind = kindOf(receiver)
    const body = this.#body(serializer, receiver, kind, subscription)
    if (body === null) return serializer.encode(this.#message(kind, subscription))
    const known = body.bytes
    // Without a byte when a receiver has taken the buffer away.
    const bytes = known !== null && known.length > 0 ? known : body.envelope.bytes(subscription)
    body.bytes = bytes
    this.#count(body, bytes.length)
    return bytes
  }

  /** The same in one to three parts: a payload that goes out as it came is not copied. */
  parts(serializer: Serializer, receiver: FanOutReceiver): readonly Uint8Array<ArrayBuffer>[] {
    const subscription = subscriptionOf(receiver)
    const kind = kindOf(receiver)
    const body = this.#body(serializer, receiver, kind, subscription)
    if (body === null) return serializer.encodeParts(this.#message(kind, subscription))
    const known = body.parts
    const isThere = known !== null && (known[0] as Uint8Array).length > 0
    const parts = isThere ? known : body.envelope.parts(subscription)
    body.parts = parts
    let length = 0
    for (let i = 0; i < parts.length; i++) length += (parts[i] as Uint8Array).length
    this.#count(body, length)
    return parts
  }

  /** Bytes of the frame for a subscription: a receiver may have a limit. */
  byteLength(serializer: Serializer, receiver: FanOutReceiver): number {
    const subscription = subscriptionOf(receiver)
    const kind = kindOf(receiver)
    const body = this.#body(serializer, receiver, kind, subscription)
    if (body === null) return serializer.byteLength(this.#message(kind, subscription))
    return body.envelope.byteLength(subscription)
  }

  /** What is shared with others of this kind; null for a frame that shares nothing. */
  #body(serializer: Serializer, receiver: FanOutReceiver, kind: number, subscription: number): Body | null {
    if (serializer !== this.#serializer) {
      this.#kinds = this.#bodies.get(serializer) ?? []
      this.#bodies.set(serializer, this.#kinds)
      this.#serializer = serializer
    }
    // Code of the application, which the first frame of a kind runs, may ask for another serializer meanwhile.
    const kinds = this.#kinds
    let body = kinds[kind]
    if (body === undefined || body?.envelope.isGone) {
      body = this.#newBody(serializer, receiver, kind)
      kinds[kind] = body
    }
    if (body === null || body.subscription === subscription) return body
    checkAttribute(EventMessage.TABLE, 'subscription', 'id', subscription)
    // FlatBuffers may leave an id of 0 out.
    if (subscription === 0) return null
    body.subscription = subscription
    body.bytes = null
    body.parts = null
    return body
  }

  #newBody(serializer: Serializer, receiver: FanOutReceiver, kind: number): Body | null {
    checkSerializer('FanOut', serializer)
    // Here and not for each receiver: that would take 10 ns, a tenth of what a frame takes (Node 24, x86-64, 2026).
    checkOptions('a receiver of FanOut', receiver, RECEIVER_OPTIONS)
    const message = this.#message(kind, 1)
    const envelope = envelopeOf(serializer, message)
    if (envelope === null) return null
    const spliced = isSpliced(message._payload, serializer._format)
    return { envelope, isSpliced: spliced, subscription: Number.NaN, bytes: null, parts: null }
  }

  #message(kind: number, subscription: number): EventMessage {
    const { publication, publisher, publisher_authid, publisher_authrole, forward_for } = this.#event
    const retained = (kind & KEPT) !== 0 ? true : (kind & NOT_KEPT) !== 0 ? false : null
    const event = { subscription, publication, forward_for, retained }
    return EventMessage.from(this.#publish, {
      ...event,
      ...((kind & DISCLOSED) !== 0 ? { publisher, publisher_authid, publisher_authrole } : {}),
      ...((kind & WITH_TOPIC) !== 0 ? { topic: this.#publish.topic } : {}),
    })
  }

  #count(body: Body, length: number): void {
    const counters = this.#counters
    if (body.isSpliced) counters.spliced++
    counters.countOut(length)
  }
}

/** The id of a receiver, which is asked for once. */
function subscriptionOf(receiver: FanOutReceiver): number {
  if (receiver == null) throw wrongArgument('FanOut', 'an object with a subscription', receiver)
  return receiver.subscription
}

/** The bits of a kind of receivers. */
const DISCLOSED = 1
const WITH_TOPIC = 2
const NOT_KEPT = 4
const KEPT = 8

/**
 * The kind of a receiver, each of whose attributes is asked for once: what it is told is what is shared. Throws
 * TypeError.
 */
function kindOf({ topic, retained, disclose }: FanOutReceiver): number {
  const kept = retained == null ? 0 : isSet('retained', retained) ? KEPT : NOT_KEPT
  return (isSet('disclose', disclose) ? DISCLOSED : 0) | (isSet('topic', topic) ? WITH_TOPIC : 0) | kept
}

/** What a receiver's yes or no says. All values must be good: those of one kind share the frame of the first. */
function isSet(name: 'topic' | 'retained' | 'disclose', value: boolean | null | undefined): boolean {
  if (value === true) return true
  if (value != null && value !== false) checkAttribute(EventMessage.TABLE, name, 'bool', value)
  return false
}
