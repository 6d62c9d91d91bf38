/** The messages of Publish and Subscribe. Specification: "Publish and Subscribe". */
import { type Attributes } from './build.ts';
import { ControlMessage, DataMessage } from './categories.ts';
import { type Derivation } from './derive.ts';
import { Message, Received } from './message.ts';
import type { MessageTable } from './table.ts';
import type { Match } from './values.ts';
import type { Hop } from './with-forward-for.ts';
/** PUBLISH: A publisher publishes an event. */
export declare class Publish extends DataMessage {
    static readonly MESSAGE_TYPE: 16;
    static readonly CATEGORY: 4;
    static readonly TABLE: MessageTable;
    _request: number;
    _topic: string;
    _topicRef: number;
    /** Whether the broker answers with PUBLISHED. Key `acknowledge`. */
    acknowledge: boolean | null;
    /** Whether the publisher is left out; absent means it is. Key `exclude_me`. */
    exclude_me: boolean | null;
    /** Sessions that do not get the event. Key `exclude`. */
    exclude: number[] | null;
    /** Authentication ids that do not get the event. Key `exclude_authid`. */
    exclude_authid: string[] | null;
    /** Authentication roles that do not get the event. Key `exclude_authrole`. */
    exclude_authrole: string[] | null;
    /** The only sessions that may get the event. Key `eligible`. */
    eligible: number[] | null;
    /** The only authentication ids that may get the event. Key `eligible_authid`. */
    eligible_authid: string[] | null;
    /** The only authentication roles that may get the event. Key `eligible_authrole`. */
    eligible_authrole: string[] | null;
    /** Whether the broker keeps the event for later subscribers. Key `retain`. */
    retain: boolean | null;
    /** A hash that identifies the transaction which the application makes. Key `transaction_hash`. */
    transaction_hash: string | null;
    /** Whether the router may tell who the sender is. Key `disclose_me`. */
    disclose_me: boolean | null;
    /** The key that selects a shard. Key `rkey`. */
    rkey: string | null;
    constructor(from: Attributes<Publish, 'request' | 'topic'> | Received);
    /** The id of the request. */
    get request(): number;
    set request(request: number);
    /** The topic, as a URI. */
    get topic(): string;
    set topic(topic: string);
    /** The number of the interned topic; -1 without one. It never means another topic (docs/router.md). */
    get topicRef(): number;
}
/** PUBLISHED: The broker acknowledges a publication. */
export declare class Published extends Message {
    static readonly MESSAGE_TYPE: 17;
    static readonly CATEGORY: 1;
    static readonly TABLE: MessageTable;
    _request: number;
    _publication: number;
    constructor(from: Attributes<Published, 'request' | 'publication'> | Received);
    /** The acknowledgement of a publication. */
    static from(publish: Publish, published: {
        publication: number;
    }): Published;
    /** The id of the request. */
    get request(): number;
    set request(request: number);
    /** The id of the publication. */
    get publication(): number;
    set publication(publication: number);
}
/** SUBSCRIBE: A subscriber asks for the events of a topic. */
export declare class Subscribe extends ControlMessage {
    static readonly MESSAGE_TYPE: 32;
    static readonly CATEGORY: 3;
    static readonly TABLE: MessageTable;
    _request: number;
    _topic: string;
    _topicRef: number;
    /** How the URI matches: `exact`, `prefix` or `wildcard`; absent means exact. Key `match`. */
    match: Match;
    /** Whether the broker sends the event that it has kept. Key `get_retained`. */
    get_retained: boolean | null;
    /** The key that selects a shard. Key `nkey`. */
    nkey: string | null;
    constructor(from: Attributes<Subscribe, 'request' | 'topic'> | Received);
    /** The id of the request. */
    get request(): number;
    set request(request: number);
    /** The topic or the pattern, as a URI. */
    get topic(): string;
    set topic(topic: string);
    /** The number of the interned topic; -1 without one. It never means another topic (docs/router.md). */
    get topicRef(): number;
}
/** SUBSCRIBED: The broker acknowledges a subscription. */
export declare class Subscribed extends Message {
    static readonly MESSAGE_TYPE: 33;
    static readonly CATEGORY: 1;
    static readonly TABLE: MessageTable;
    _request: number;
    _subscription: number;
    constructor(from: Attributes<Subscribed, 'request' | 'subscription'> | Received);
    /** The id of the request. */
    get request(): number;
    set request(request: number);
    /** The id of the subscription. */
    get subscription(): number;
    set subscription(subscription: number);
}
/** UNSUBSCRIBE: A subscriber ends a subscription. */
export declare class Unsubscribe extends ControlMessage {
    static readonly MESSAGE_TYPE: 34;
    static readonly CATEGORY: 3;
    static readonly TABLE: MessageTable;
    _request: number;
    _subscription: number;
    constructor(from: Attributes<Unsubscribe, 'request' | 'subscription'> | Received);
    /** The id of the request. */
    get request(): number;
    set request(request: number);
    /** The id of the subscription. */
    get subscription(): number;
    set subscription(subscription: number);
}
/** UNSUBSCRIBED: The broker acknowledges the end of a subscription, or revokes one. */
export declare class Unsubscribed extends Message {
    static readonly MESSAGE_TYPE: 35;
    static readonly CATEGORY: 1;
    static readonly TABLE: MessageTable;
    _request: number;
    /** Why the router revoked it, as a URI. */
    reason: string | null;
    /** The subscription that the router revoked; only then, and the request is 0. Key `subscription`. */
    subscription: number | null;
    constructor(from: Attributes<Unsubscribed, 'request'> | Received);
    /** The id of the request. */
    get request(): number;
    set request(request: number);
}
/** What a broker adds to a publication to make it an event. */
export interface EventDetails {
    subscription: number;
    publication: number;
    publisher?: number | null | undefined;
    publisher_authid?: string | null | undefined;
    publisher_authrole?: string | null | undefined;
    /** Give it to subscribers to patterns. */
    topic?: string | null | undefined;
    /** Whether this is an event that the broker had kept. */
    retained?: boolean | null | undefined;
    x_acknowledged_delivery?: boolean | null | undefined;
    trustlevel?: number | null | undefined;
    forward_for?: Hop[] | null | undefined;
}
/** What an EVENT takes over from its PUBLISH, and what it may be given. */
export declare const EVENT_OF_PUBLISH: Derivation;
/** EVENT: The broker delivers an event. */
export declare class EventMessage extends DataMessage {
    static readonly MESSAGE_TYPE: 36;
    static readonly CATEGORY: 4;
    static readonly TABLE: MessageTable;
    _subscription: number;
    _publication: number;
    /** The session id of the publisher. Key `publisher`. */
    publisher: number | null;
    /** The authentication id of the publisher. Key `publisher_authid`. */
    publisher_authid: string | null;
    /** The authentication role of the publisher. Key `publisher_authrole`. */
    publisher_authrole: string | null;
    /** The topic of the publication, for subscriptions to patterns. Key `topic`. */
    topic: string | null;
    /** Whether this is an event that the broker had kept. Key `retained`. */
    retained: boolean | null;
    /** A hash that identifies the transaction which the application makes. Key `transaction_hash`. */
    transaction_hash: string | null;
    /** Whether the broker wants EVENT_RECEIVED. Key `x_acknowledged_delivery`. */
    x_acknowledged_delivery: boolean | null;
    /** How far the router trusts the sender, from 0. Key `trustlevel`. */
    trustlevel: number | null;
    constructor(from: Attributes<EventMessage, 'subscription' | 'publication'> | Received);
    /**
     * The event of a publication: the payload is shared; transaction_hash, forward_for, payload attributes and custom
     * keys `x_...` and `_...` are carried over. `event` gives the rest, and takes away what it gives as null.
     */
    static from(publish: Publish, event: EventDetails): EventMessage;
    /** The id of the subscription. */
    get subscription(): number;
    set subscription(subscription: number);
    /** The id of the publication. */
    get publication(): number;
    set publication(publication: number);
}
/** EVENT_RECEIVED: A subscriber acknowledges an event. An extension of autobahn; 37 is read too. */
export declare class EventReceived extends Message {
    static readonly MESSAGE_TYPE: 337;
    static readonly CATEGORY: 1;
    static readonly TABLE: MessageTable;
    _publication: number;
    constructor(from: Attributes<EventReceived, 'publication'> | Received);
    /** The id of the publication. */
    get publication(): number;
    set publication(publication: number);
}
