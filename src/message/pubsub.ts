/** The messages of Publish and Subscribe. Specification: "Publish and Subscribe". */

import { NO_PAYLOAD } from '../payload/payload.ts'
import { complete, givenOf, idGiven, NOT_GIVEN, othersGiven, uriGiven, writePosition } from './build.ts'
import { ControlMessage, DataMessage } from './categories.ts'
import { defineMessage } from './define.ts'
import { clear, type Derivation, derivation, derive, derivedIds, notDerivable } from './derive.ts'
import type { Attributes } from './given.ts'
import { Message, Received } from './message.ts'
import { NO_INDEX } from './options.ts'
import type { MessageTable } from './table.ts'
import {
  EVENT,
  EVENT_RECEIVED,
  PUBLISH,
  PUBLISHED,
  SUBSCRIBE,
  SUBSCRIBED,
  UNSUBSCRIBE,
  UNSUBSCRIBED,
} from './tables.ts'
import type { Given, Match } from './values.ts'

/** PUBLISH: A publisher publishes an event. */
export class Publish extends DataMessage {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 16 = 16
  /** 4: with forward_for and a payload. */ static override readonly CATEGORY: 4 = 4
  /** @internal */ static override readonly TABLE: MessageTable = PUBLISH
  declare readonly type: 16

  /** @internal */ declare _request: number
  /** @internal */ declare _topic: string
  /** @internal */ declare _topicRef: number
  /** Whether the broker answers with PUBLISHED; absent means it does not. Key `acknowledge`. */
  declare acknowledge: boolean | null
  /** Whether the publisher is left out; absent means it is. Key `exclude_me`. */
  declare exclude_me: boolean | null
  /** Sessions that do not get the event. Key `exclude`. */
  declare exclude: number[] | null
  /** Authentication ids that do not get the event. Key `exclude_authid`. */
  declare exclude_authid: string[] | null
  /** Authentication roles that do not get the event. Key `exclude_authrole`. */
  declare exclude_authrole: string[] | null
  /** The only sessions that may get the event. Key `eligible`. */
  declare eligible: number[] | null
  /** The only authentication ids that may get the event. Key `eligible_authid`. */
  declare eligible_authid: string[] | null
  /** The only authentication roles that may get the event. Key `eligible_authrole`. */
  declare eligible_authrole: string[] | null
  /** Whether the broker keeps the event for later subscribers; absent means it does not. Key `retain`. */
  declare retain: boolean | null
  /** A hash that identifies the transaction which the application makes. Key `transaction_hash`. */
  declare transaction_hash: string | null
  /** Whether the router may tell who the sender is; absent means it may not. Key `disclose_me`. */
  declare disclose_me: boolean | null
  /** The key that selects a shard. Key `rkey`. */
  declare rkey: string | null

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError, PayloadRuleError. */
  constructor(attributes: Attributes<Publish, 'request' | 'topic'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<Publish, 'request' | 'topic'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(PUBLISH, from)
    const others = received ? null : othersGiven()
    this._request = received ? from.first : idGiven(PUBLISH, 'request', given.request)
    this._topic = received ? (from.text as string) : uriGiven(PUBLISH, 'topic', given.topic)
    this._topicRef = received ? from.ref : -1
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = received ? from.frame : NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, PUBLISH, given, others)
  }

  /** The id of the request. */
  get request(): number {
    return this._request
  }
  set request(request: number) {
    writePosition(this, 'request', request)
  }

  /** The topic, as a URI. */
  get topic(): string {
    return this._topic
  }
  set topic(topic: string) {
    writePosition(this, 'topic', topic)
  }

  /** The number of the interned topic; -1 without one. It never means another topic (docs/router.md). */
  get topicRef(): number {
    return this._topicRef
  }
}
defineMessage(Publish, PUBLISH)

const PUBLISHED_OF_PUBLISH: Derivation = derivation(PUBLISH, PUBLISHED, ['publication'])

/** PUBLISHED: The broker acknowledges a publication. */
export class Published extends Message {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 17 = 17
  /** 1: neither forward_for nor a payload. */ static override readonly CATEGORY: 1 = 1
  /** @internal */ static override readonly TABLE: MessageTable = PUBLISHED
  declare readonly type: 17

  /** @internal */ declare _request: number
  /** @internal */ declare _publication: number

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError. */
  constructor(attributes: Attributes<Published, 'request' | 'publication'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<Published, 'request' | 'publication'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(PUBLISHED, from)
    const others = received ? null : othersGiven()
    this._request = received ? from.first : idGiven(PUBLISHED, 'request', given.request)
    this._publication = received ? from.second : idGiven(PUBLISHED, 'publication', given.publication)
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, PUBLISHED, given, others)
  }

  /** The acknowledgement of a publication. */
  static from(publish: Publish, published: Pick<Published, 'publication'>): Published {
    if (!(publish instanceof Publish) || published == null) {
      throw notDerivable(publish, published, PUBLISHED_OF_PUBLISH)
    }
    const message = new Published(derivedIds(PUBLISHED, publish.request, published.publication))
    clear(message)
    return message
  }

  /** The id of the request. */
  get request(): number {
    return this._request
  }
  set request(request: number) {
    writePosition(this, 'request', request)
  }

  /** The id of the publication. */
  get publication(): number {
    return this._publication
  }
  set publication(publication: number) {
    writePosition(this, 'publication', publication)
  }
}
defineMessage(Published, PUBLISHED)

/** SUBSCRIBE: A subscriber asks for the events of a topic. */
export class Subscribe extends ControlMessage {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 32 = 32
  /** 3: with forward_for. */ static override readonly CATEGORY: 3 = 3
  /** @internal */ static override readonly TABLE: MessageTable = SUBSCRIBE
  declare readonly type: 32

  /** @internal */ declare _request: number
  /** @internal */ declare _topic: string
  /** @internal */ declare _topicRef: number
  /** How the URI matches: `exact`, `prefix` or `wildcard`; absent means exact. Key `match`. */
  declare match: Match
  /** Whether the broker sends the event that it has kept; absent means it does not. Key `get_retained`. */
  declare get_retained: boolean | null
  /** The key that selects a shard. Key `nkey`. */
  declare nkey: string | null

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError. */
  constructor(attributes: Attributes<Subscribe, 'request' | 'topic'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<Subscribe, 'request' | 'topic'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(SUBSCRIBE, from)
    const others = received ? null : othersGiven()
    this._request = received ? from.first : idGiven(SUBSCRIBE, 'request', given.request)
    this._topic = received ? (from.text as string) : uriGiven(SUBSCRIBE, 'topic', given.topic)
    this._topicRef = received ? from.ref : -1
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, SUBSCRIBE, given, others)
  }

  /** The id of the request. */
  get request(): number {
    return this._request
  }
  set request(request: number) {
    writePosition(this, 'request', request)
  }

  /** The topic or the pattern, as a URI. */
  get topic(): string {
    return this._topic
  }
  set topic(topic: string) {
    writePosition(this, 'topic', topic)
  }

  /** The number of the interned topic; -1 without one. It never means another topic (docs/router.md). */
  get topicRef(): number {
    return this._topicRef
  }
}
defineMessage(Subscribe, SUBSCRIBE)

/** SUBSCRIBED: The broker acknowledges a subscription. */
export class Subscribed extends Message {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 33 = 33
  /** 1: neither forward_for nor a payload. */ static override readonly CATEGORY: 1 = 1
  /** @internal */ static override readonly TABLE: MessageTable = SUBSCRIBED
  declare readonly type: 33

  /** @internal */ declare _request: number
  /** @internal */ declare _subscription: number

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError. */
  constructor(attributes: Attributes<Subscribed, 'request' | 'subscription'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<Subscribed, 'request' | 'subscription'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(SUBSCRIBED, from)
    const others = received ? null : othersGiven()
    this._request = received ? from.first : idGiven(SUBSCRIBED, 'request', given.request)
    this._subscription = received ? from.second : idGiven(SUBSCRIBED, 'subscription', given.subscription)
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, SUBSCRIBED, given, others)
  }

  /** The id of the request. */
  get request(): number {
    return this._request
  }
  set request(request: number) {
    writePosition(this, 'request', request)
  }

  /** The id of the subscription. */
  get subscription(): number {
    return this._subscription
  }
  set subscription(subscription: number) {
    writePosition(this, 'subscription', subscription)
  }
}
defineMessage(Subscribed, SUBSCRIBED)

/** UNSUBSCRIBE: A subscriber ends a subscription. */
export class Unsubscribe extends ControlMessage {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 34 = 34
  /** 3: with forward_for. */ static override readonly CATEGORY: 3 = 3
  /** @internal */ static override readonly TABLE: MessageTable = UNSUBSCRIBE
  declare readonly type: 34

  /** @internal */ declare _request: number
  /** @internal */ declare _subscription: number

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError. */
  constructor(attributes: Attributes<Unsubscribe, 'request' | 'subscription'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<Unsubscribe, 'request' | 'subscription'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(UNSUBSCRIBE, from)
    const others = received ? null : othersGiven()
    this._request = received ? from.first : idGiven(UNSUBSCRIBE, 'request', given.request)
    this._subscription = received ? from.second : idGiven(UNSUBSCRIBE, 'subscription', given.subscription)
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, UNSUBSCRIBE, given, others)
  }

  /** The id of the request. */
  get request(): number {
    return this._request
  }
  set request(request: number) {
    writePosition(this, 'request', request)
  }

  /** The id of the subscription. */
  get subscription(): number {
    return this._subscription
  }
  set subscription(subscription: number) {
    writePosition(this, 'subscription', subscription)
  }
}
defineMessage(Unsubscribe, UNSUBSCRIBE)

/** UNSUBSCRIBED: The broker acknowledges the end of a subscription, or revokes one. */
export class Unsubscribed extends Message {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 35 = 35
  /** 1: neither forward_for nor a payload. */ static override readonly CATEGORY: 1 = 1
  /** @internal */ static override readonly TABLE: MessageTable = UNSUBSCRIBED
  declare readonly type: 35

  /** @internal */ declare _request: number
  /** Why the router revoked it, as a URI. Key `reason`. */
  declare reason: string | null
  /** The subscription that the router revoked; only then, and the request is 0. Key `subscription`. */
  declare subscription: number | null

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError. */
  constructor(attributes: Attributes<Unsubscribed, 'request'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<Unsubscribed, 'request'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(UNSUBSCRIBED, from)
    const others = received ? null : othersGiven()
    this._request = received ? from.first : idGiven(UNSUBSCRIBED, 'request', given.request)
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, UNSUBSCRIBED, given, others)
  }

  /** The id of the request. */
  get request(): number {
    return this._request
  }
  set request(request: number) {
    writePosition(this, 'request', request)
  }
}
defineMessage(Unsubscribed, UNSUBSCRIBED)

/** What a broker adds to a publication to make it an event. */
export interface EventDetails
  extends Pick<EventMessage, 'subscription' | 'publication'>,
    Given<
      EventMessage,
      | 'publisher'
      | 'publisher_authid'
      | 'publisher_authrole'
      | 'topic'
      | 'retained'
      | 'x_acknowledged_delivery'
      | 'trustlevel'
      | 'forward_for'
    > {}

/** What an EVENT takes over from its PUBLISH, and what it may be given. @internal */
export const EVENT_OF_PUBLISH: Derivation = derivation(PUBLISH, EVENT, ['subscription', 'publication'])

/** EVENT: The broker delivers an event. */
export class EventMessage extends DataMessage {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 36 = 36
  /** 4: with forward_for and a payload. */ static override readonly CATEGORY: 4 = 4
  /** @internal */ static override readonly TABLE: MessageTable = EVENT
  declare readonly type: 36

  /** @internal */ declare _subscription: number
  /** @internal */ declare _publication: number
  /** The session id of the publisher. Key `publisher`. */
  declare publisher: number | null
  /** The authentication id of the publisher. Key `publisher_authid`. */
  declare publisher_authid: string | null
  /** The authentication role of the publisher. Key `publisher_authrole`. */
  declare publisher_authrole: string | null
  /** The topic of the publication, for subscriptions to patterns. Key `topic`. */
  declare topic: string | null
  /** Whether this is an event that the broker had kept. Key `retained`. */
  declare retained: boolean | null
  /** A hash that identifies the transaction which the application makes. Key `transaction_hash`. */
  declare transaction_hash: string | null
  /** Whether the broker wants EVENT_RECEIVED. Key `x_acknowledged_delivery`. */
  declare x_acknowledged_delivery: boolean | null
  /** How far the router trusts the sender, from 0. Key `trustlevel`. */
  declare trustlevel: number | null

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError, PayloadRuleError. */
  constructor(attributes: Attributes<EventMessage, 'subscription' | 'publication'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<EventMessage, 'subscription' | 'publication'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(EVENT, from)
    const others = received ? null : othersGiven()
    this._subscription = received ? from.first : idGiven(EVENT, 'subscription', given.subscription)
    this._publication = received ? from.second : idGiven(EVENT, 'publication', given.publication)
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = received ? from.frame : NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, EVENT, given, others)
  }

  /**
   * The event of a publication: the payload is shared; transaction_hash, forward_for, payload attributes and custom
   * keys `x_...` and `_...` are carried over. `event` gives the rest, and takes away what it gives as null.
   */
  static from(publish: Publish, event: EventDetails): EventMessage {
    if (!(publish instanceof Publish) || event == null) throw notDerivable(publish, event, EVENT_OF_PUBLISH)
    const { subscription, publication } = event
    const message = new EventMessage(derivedIds(EVENT, subscription, publication))
    derive(message, publish, event, EVENT_OF_PUBLISH)
    return message
  }

  /** The id of the subscription. */
  get subscription(): number {
    return this._subscription
  }
  set subscription(subscription: number) {
    writePosition(this, 'subscription', subscription)
  }

  /** The id of the publication. */
  get publication(): number {
    return this._publication
  }
  set publication(publication: number) {
    writePosition(this, 'publication', publication)
  }
}
defineMessage(EventMessage, EVENT)

/** EVENT_RECEIVED: A subscriber acknowledges an event. An extension of autobahn; 37 is read too. */
export class EventReceived extends Message {
  /** The code in list form. */ static override readonly MESSAGE_TYPE: 337 = 337
  /** 1: neither forward_for nor a payload. */ static override readonly CATEGORY: 1 = 1
  /** @internal */ static override readonly TABLE: MessageTable = EVENT_RECEIVED
  declare readonly type: 337

  /** @internal */ declare _publication: number

  /** Throws TypeError for an unknown attribute or a wrong value, InvalidUriError. */
  constructor(attributes: Attributes<EventReceived, 'publication'>)
  /** @internal */ constructor(received: Received)
  constructor(from: Attributes<EventReceived, 'publication'> | Received) {
    super()
    const received = from instanceof Received
    const given = received ? NOT_GIVEN : givenOf(EVENT_RECEIVED, from)
    const others = received ? null : othersGiven()
    this._publication = received ? from.first : idGiven(EVENT_RECEIVED, 'publication', given.publication)
    this._frame = received ? from.frame : null
    this._index = received ? from.index : NO_INDEX
    this._options = null
    this._custom = received ? undefined : null
    this._payload = NO_PAYLOAD
    this._trace = null
    this._encoded = null
    if (!received) complete(this, EVENT_RECEIVED, given, others)
  }

  /** The id of the publication. */
  get publication(): number {
    return this._publication
  }
  set publication(publication: number) {
    writePosition(this, 'publication', publication)
  }
}
defineMessage(EventReceived, EVENT_RECEIVED)
