import type { Message } from './message.ts';
/** One router on the way: the session that the message had there. */
export interface Hop {
    session: number;
    authid: string | null;
    authrole: string | null;
}
/** What the mixin gives. */
export interface WithForwardFor {
    /** The chain of hops, the origin first; null when the message was not forwarded. Wire key `forward_for`. */
    forward_for: Hop[] | null;
    /**
     * Checks that every hop has a session id and texts or null beside it, and that no session is in the chain twice, nor
     * is the given one in it (the router's own: a message that would come back). Throws ProtocolError BAD_MESSAGE.
     */
    validateForwardChain(session?: number): void;
    /** The same message with a hop more, for the next router: the payload is shared, this message does not change. */
    forward(hop: Hop): this;
    /** Appends a hop. */
    addHop(hop: Hop): void;
    /** A copy of the chain in the order in which a reply goes back. */
    reverseChain(): Hop[];
    /** The first hop: where the message came into the network of routers; null without a chain. */
    forwardOrigin(): Hop | null;
}
type Mixin<Instance> = abstract new (...args: any[]) => Instance;
/** Adds forward_for to a class. Apply it once for each category of messages, not once for each message. */
export declare function withForwardFor<B extends Mixin<object>>(Base: B): B & Mixin<WithForwardFor>;
/** For constructors of applications' own classes: gives the mixin its slots, and the chain when there is one. */
export declare function initForwardFor(message: object, attributes: {
    forward_for?: Hop[] | null | undefined;
}): void;
/** True for the 13 messages that carry forward_for. */
export declare function hasForwardFor(message: Message): message is Message & WithForwardFor;
export {};
