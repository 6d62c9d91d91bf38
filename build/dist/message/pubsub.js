/** The messages of Publish and Subscribe. Specification: "Publish and Subscribe". */
import { NO_PAYLOAD } from "../payload/payload.js";
import { build, writePosition } from "./build.js";
import { ControlMessage, DataMessage } from "./categories.js";
import { defineMessage } from "./define.js";
import { clear, derivation, derive, derivedIds, notDerivable } from "./derive.js";
import { Message, Received } from "./message.js";
import { NO_INDEX } from "./options.js";
import { EVENT, EVENT_RECEIVED, PUBLISH, PUBLISHED, SUBSCRIBE, SUBSCRIBED, UNSUBSCRIBE, UNSUBSCRIBED, } from "./tables.js";
/** PUBLISH: A publisher publishes an event. */
export class Publish extends DataMessage {
    static { this.MESSAGE_TYPE = 16; }
    static { this.CATEGORY = 4; }
    static { this.TABLE = PUBLISH; }
    constructor(from) {
        super();
        const received = from instanceof Received;
        this._request = received ? from.first : 0;
        this._topic = received ? from.text : '';
        this._topicRef = received ? from.ref : -1;
        this._frame = received ? from.frame : null;
        this._index = received ? from.index : NO_INDEX;
        this._options = null;
        this._custom = received ? undefined : null;
        this._payload = received ? from.frame : NO_PAYLOAD;
        this._trace = null;
        this._encoded = null;
        if (!received)
            build(this, from);
    }
    /** The id of the request. */
    get request() {
        return this._request;
    }
    set request(request) {
        writePosition(this, 'request', request);
    }
    /** The topic, as a URI. */
    get topic() {
        return this._topic;
    }
    set topic(topic) {
        writePosition(this, 'topic', topic);
    }
    /** The number of the interned topic; -1 without one. It never means another topic (docs/router.md). */
    get topicRef() {
        return this._topicRef;
    }
}
defineMessage(Publish, PUBLISH);
const PUBLISHED_OF_PUBLISH = derivation(PUBLISH, PUBLISHED, ['publication']);
/** PUBLISHED: The broker acknowledges a publication. */
export class Published extends Message {
    static { this.MESSAGE_TYPE = 17; }
    static { this.CATEGORY = 1; }
    static { this.TABLE = PUBLISHED; }
    constructor(from) {
        super();
        const received = from instanceof Received;
        this._request = received ? from.first : 0;
        this._publication = received ? from.second : 0;
        this._frame = received ? from.frame : null;
        this._index = received ? from.index : NO_INDEX;
        this._options = null;
        this._custom = received ? undefined : null;
        this._payload = NO_PAYLOAD;
        this._trace = null;
        this._encoded = null;
        if (!received)
            build(this, from);
    }
    /** The acknowledgement of a publication. */
    static from(publish, published) {
        if (!(publish instanceof Publish) || published == null) {
            throw notDerivable(publish, published, PUBLISHED_OF_PUBLISH);
        }
        const message = new Published(derivedIds(PUBLISHED, publish.request, published.publication));
        clear(message);
        return message;
    }
    /** The id of the request. */
    get request() {
        return this._request;
    }
    set request(request) {
        writePosition(this, 'request', request);
    }
    /** The id of the publication. */
    get publication() {
        return this._publication;
    }
    set publication(publication) {
        writePosition(this, 'publication', publication);
    }
}
defineMessage(Published, PUBLISHED);
/** SUBSCRIBE: A subscriber asks for the events of a topic. */
export class Subscribe extends ControlMessage {
    static { this.MESSAGE_TYPE = 32; }
    static { this.CATEGORY = 3; }
    static { this.TABLE = SUBSCRIBE; }
    constructor(from) {
        super();
        const received = from instanceof Received;
        this._request = received ? from.first : 0;
        this._topic = received ? from.text : '';
        this._topicRef = received ? from.ref : -1;
        this._frame = received ? from.frame : null;
        this._index = received ? from.index : NO_INDEX;
        this._options = null;
        this._custom = received ? undefined : null;
        this._payload = NO_PAYLOAD;
        this._trace = null;
        this._encoded = null;
        if (!received)
            build(this, from);
    }
    /** The id of the request. */
    get request() {
        return this._request;
    }
    set request(request) {
        writePosition(this, 'request', request);
    }
    /** The topic or the pattern, as a URI. */
    get topic() {
        return this._topic;
    }
    set topic(topic) {
        writePosition(this, 'topic', topic);
    }
    /** The number of the interned topic; -1 without one. It never means another topic (docs/router.md). */
    get topicRef() {
        return this._topicRef;
    }
}
defineMessage(Subscribe, SUBSCRIBE);
/** SUBSCRIBED: The broker acknowledges a subscription. */
export class Subscribed extends Message {
    static { this.MESSAGE_TYPE = 33; }
    static { this.CATEGORY = 1; }
    static { this.TABLE = SUBSCRIBED; }
    constructor(from) {
        super();
        const received = from instanceof Received;
        this._request = received ? from.first : 0;
        this._subscription = received ? from.second : 0;
        this._frame = received ? from.frame : null;
        this._index = received ? from.index : NO_INDEX;
        this._options = null;
        this._custom = received ? undefined : null;
        this._payload = NO_PAYLOAD;
        this._trace = null;
        this._encoded = null;
        if (!received)
            build(this, from);
    }
    /** The id of the request. */
    get request() {
        return this._request;
    }
    set request(request) {
        writePosition(this, 'request', request);
    }
    /** The id of the subscription. */
    get subscription() {
        return this._subscription;
    }
    set subscription(subscription) {
        writePosition(this, 'subscription', subscription);
    }
}
defineMessage(Subscribed, SUBSCRIBED);
/** UNSUBSCRIBE: A subscriber ends a subscription. */
export class Unsubscribe extends ControlMessage {
    static { this.MESSAGE_TYPE = 34; }
    static { this.CATEGORY = 3; }
    static { this.TABLE = UNSUBSCRIBE; }
    constructor(from) {
        super();
        const received = from instanceof Received;
        this._request = received ? from.first : 0;
        this._subscription = received ? from.second : 0;
        this._frame = received ? from.frame : null;
        this._index = received ? from.index : NO_INDEX;
        this._options = null;
        this._custom = received ? undefined : null;
        this._payload = NO_PAYLOAD;
        this._trace = null;
        this._encoded = null;
        if (!received)
            build(this, from);
    }
    /** The id of the request. */
    get request() {
        return this._request;
    }
    set request(request) {
        writePosition(this, 'request', request);
    }
    /** The id of the subscription. */
    get subscription() {
        return this._subscription;
    }
    set subscription(subscription) {
        writePosition(this, 'subscription', subscription);
    }
}
defineMessage(Unsubscribe, UNSUBSCRIBE);
/** UNSUBSCRIBED: The broker acknowledges the end of a subscription, or revokes one. */
export class Unsubscribed extends Message {
    static { this.MESSAGE_TYPE = 35; }
    static { this.CATEGORY = 1; }
    static { this.TABLE = UNSUBSCRIBED; }
    constructor(from) {
        super();
        const received = from instanceof Received;
        this._request = received ? from.first : 0;
        this._frame = received ? from.frame : null;
        this._index = received ? from.index : NO_INDEX;
        this._options = null;
        this._custom = received ? undefined : null;
        this._payload = NO_PAYLOAD;
        this._trace = null;
        this._encoded = null;
        if (!received)
            build(this, from);
    }
    /** The id of the request. */
    get request() {
        return this._request;
    }
    set request(request) {
        writePosition(this, 'request', request);
    }
}
defineMessage(Unsubscribed, UNSUBSCRIBED);
/** What an EVENT takes over from its PUBLISH, and what it may be given. */
export const EVENT_OF_PUBLISH = derivation(PUBLISH, EVENT, ['subscription', 'publication']);
/** EVENT: The broker delivers an event. */
export class EventMessage extends DataMessage {
    static { this.MESSAGE_TYPE = 36; }
    static { this.CATEGORY = 4; }
    static { this.TABLE = EVENT; }
    constructor(from) {
        super();
        const received = from instanceof Received;
        this._subscription = received ? from.first : 0;
        this._publication = received ? from.second : 0;
        this._frame = received ? from.frame : null;
        this._index = received ? from.index : NO_INDEX;
        this._options = null;
        this._custom = received ? undefined : null;
        this._payload = received ? from.frame : NO_PAYLOAD;
        this._trace = null;
        this._encoded = null;
        if (!received)
            build(this, from);
    }
    /**
     * The event of a publication: the payload is shared; transaction_hash, forward_for, payload attributes and custom
     * keys `x_...` and `_...` are carried over. `event` gives the rest, and takes away what it gives as null.
     */
    static from(publish, event) {
        if (!(publish instanceof Publish) || event == null)
            throw notDerivable(publish, event, EVENT_OF_PUBLISH);
        const { subscription, publication } = event;
        const message = new EventMessage(derivedIds(EVENT, subscription, publication));
        derive(message, publish, event, EVENT_OF_PUBLISH);
        return message;
    }
    /** The id of the subscription. */
    get subscription() {
        return this._subscription;
    }
    set subscription(subscription) {
        writePosition(this, 'subscription', subscription);
    }
    /** The id of the publication. */
    get publication() {
        return this._publication;
    }
    set publication(publication) {
        writePosition(this, 'publication', publication);
    }
}
defineMessage(EventMessage, EVENT);
/** EVENT_RECEIVED: A subscriber acknowledges an event. An extension of autobahn; 37 is read too. */
export class EventReceived extends Message {
    static { this.MESSAGE_TYPE = 337; }
    static { this.CATEGORY = 1; }
    static { this.TABLE = EVENT_RECEIVED; }
    constructor(from) {
        super();
        const received = from instanceof Received;
        this._publication = received ? from.first : 0;
        this._frame = received ? from.frame : null;
        this._index = received ? from.index : NO_INDEX;
        this._options = null;
        this._custom = received ? undefined : null;
        this._payload = NO_PAYLOAD;
        this._trace = null;
        this._encoded = null;
        if (!received)
            build(this, from);
    }
    /** The id of the publication. */
    get publication() {
        return this._publication;
    }
    set publication(publication) {
        writePosition(this, 'publication', publication);
    }
}
defineMessage(EventReceived, EVENT_RECEIVED);
