/** The messages of Publish and Subscribe, as tables.ts says. */
import { EVENT_RECEIVED_CODE } from '../../kernel/abi.ts'
import { defineTable, type MessageTable } from '../table.ts'
import { FORWARDED, FORWARDING, PASSTHRU } from './shared.ts'

/** PUBLISH: A publisher publishes an event. @see Publish and Subscribe */
export const PUBLISH: MessageTable = defineTable('PUBLISH', 16, 4, {
  positions: [
    /** The id of the request. */
    ['request', 'id'],
    ['options', 'options'],
    /** The topic. */
    ['topic', 'uri', { isInterned: true }],
  ],
  options: [
    /** Whether the broker answers with PUBLISHED; absent means it does not. @see PUBLISH */
    ['acknowledge', 'bool'],
    /** Whether the publisher is left out; absent means it is. @see Publisher Exclusion */
    ['exclude_me', 'bool'],
    /** Sessions that do not get the event. @see Subscriber Black- and Whitelisting */
    ['exclude', 'ints'],
    /** Authentication ids that do not get the event. @see Subscriber Black- and Whitelisting */
    ['exclude_authid', 'texts'],
    /** Authentication roles that do not get the event. @see Subscriber Black- and Whitelisting */
    ['exclude_authrole', 'texts'],
    /** The only sessions that may get the event. @see Subscriber Black- and Whitelisting */
    ['eligible', 'ints'],
    /** The only authentication ids that may get the event. @see Subscriber Black- and Whitelisting */
    ['eligible_authid', 'texts'],
    /** The only authentication roles that may get the event. @see Subscriber Black- and Whitelisting */
    ['eligible_authrole', 'texts'],
    /** Whether the broker keeps the event for later subscribers; absent means it does not. @see Event Retention */
    ['retain', 'bool'],
    /** A hash that identifies the transaction which the application makes. @see autobahn */
    ['transaction_hash', 'text'],
    /** Whether the router may tell who the sender is; absent means it may not. @see Publisher Identification */
    ['disclose_me', 'bool'],
    /** The key that selects a shard. @see Sharded Subscription */
    ['rkey', 'text'],
    ...PASSTHRU,
    ...FORWARDING,
  ],
})

/** PUBLISHED: The broker acknowledges a publication. @see Publish and Subscribe */
export const PUBLISHED: MessageTable = defineTable('PUBLISHED', 17, 1, {
  positions: [
    /** The id of the request. */
    ['request', 'id'],
    /** The id of the publication. */
    ['publication', 'id'],
  ],
  /** The acknowledgement of a publication. */
  from: { source: PUBLISH, ids: ['request'], carries: [], carriesCustom: false },
})

/** SUBSCRIBE: A subscriber asks for the events of a topic. @see Publish and Subscribe */
export const SUBSCRIBE: MessageTable = defineTable('SUBSCRIBE', 32, 3, {
  positions: [
    /** The id of the request. */
    ['request', 'id'],
    ['options', 'options'],
    /** The topic or the pattern. */
    ['topic', 'uri', { isInterned: true }],
  ],
  options: [
    /** How the URI matches; absent means exact. @see Pattern-based Subscription */
    ['match', 'match', { write: { unless: 'exact' }, absent: 'exact' }],
    /** Whether the broker sends the event that it has kept; absent means it does not. @see Event Retention */
    ['get_retained', 'bool'],
    /** The key that selects a shard. @see Sharded Subscription */
    ['nkey', 'text'],
    ...FORWARDING,
  ],
})

/** SUBSCRIBED: The broker acknowledges a subscription. @see Publish and Subscribe */
export const SUBSCRIBED: MessageTable = defineTable('SUBSCRIBED', 33, 1, {
  positions: [
    /** The id of the request. */
    ['request', 'id'],
    /** The id of the subscription. */
    ['subscription', 'id'],
  ],
})

/** UNSUBSCRIBE: A subscriber ends a subscription. @see Publish and Subscribe */
export const UNSUBSCRIBE: MessageTable = defineTable('UNSUBSCRIBE', 34, 3, {
  positions: [
    /** The id of the request. */
    ['request', 'id'],
    /** The id of the subscription. */
    ['subscription', 'id'],
    ['options', 'options?'],
  ],
  options: [['forward_for', 'hops', { write: 'truthy' }]],
})

/** UNSUBSCRIBED: The broker acknowledges the end of a subscription, or revokes one. @see Publish and Subscribe */
export const UNSUBSCRIBED: MessageTable = defineTable('UNSUBSCRIBED', 35, 1, {
  positions: [
    /** The id of the request. */
    ['request', 'id'],
    ['details', 'options?'],
  ],
  options: [
    /** Why the router revoked it. @see Subscription Revocation */
    ['reason', 'uri'],
    /** The subscription that the router revoked; only then, and the request is 0. @see Subscription Revocation */
    ['subscription', 'int'],
  ],
})

/** EVENT: The broker delivers an event. @see Publish and Subscribe */
export const EVENT: MessageTable = defineTable('EVENT', 36, 4, {
  positions: [
    /** The id of the subscription. */
    ['subscription', 'id'],
    /** The id of the publication. */
    ['publication', 'id'],
    ['details', 'options'],
  ],
  options: [
    /** The session id of the publisher. @see Publisher Identification */
    ['publisher', 'int'],
    /** The authentication id of the publisher. @see Publisher Identification */
    ['publisher_authid', 'text'],
    /** The authentication role of the publisher. @see Publisher Identification */
    ['publisher_authrole', 'text'],
    /** The topic of the publication, for subscriptions to patterns. @see Pattern-based Subscription */
    ['topic', 'text'],
    /** Whether this is an event that the broker had kept. @see Event Retention */
    ['retained', 'bool'],
    /** A hash that identifies the transaction which the application makes. @see autobahn */
    ['transaction_hash', 'text'],
    /** Whether the broker wants EVENT_RECEIVED. @see autobahn */
    ['x_acknowledged_delivery', 'bool'],
    /** How far the router trusts the sender, from 0. @see Publication Trust Levels */
    ['trustlevel', 'int'],
    ...FORWARDING,
    ...PASSTHRU,
  ],
  /**
   * The event of a publication.
   * @details What a broker adds to a publication to make it an event.
   */
  from: { source: PUBLISH, carries: ['transaction_hash', ...FORWARDED] },
})

/** EVENT_RECEIVED: A subscriber acknowledges an event. 37 is read too. @see autobahn */
export const EVENT_RECEIVED: MessageTable = defineTable('EVENT_RECEIVED', EVENT_RECEIVED_CODE, 1, {
  positions: [
    /** The id of the publication. */
    ['publication', 'id'],
  ],
})

export const PUBSUB_TABLES: readonly MessageTable[] = [
  PUBLISH,
  PUBLISHED,
  SUBSCRIBE,
  SUBSCRIBED,
  UNSUBSCRIBE,
  UNSUBSCRIBED,
  EVENT,
  EVENT_RECEIVED,
]
