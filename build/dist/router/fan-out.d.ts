import { Publish } from '../message/pubsub.ts';
import type { Hop } from '../message/with-forward-for.ts';
import type { Serializer } from '../serializer/serializer.ts';
import type { Counters } from '../stats.ts';
/** What all subscribers are told of a publication. */
export interface FanOutEvent {
    publication: number;
    /** Who published: told to those to whom it is disclosed. */
    publisher?: number | null | undefined;
    publisher_authid?: string | null | undefined;
    publisher_authrole?: string | null | undefined;
    forward_for?: Hop[] | null | undefined;
}
/** A subscription, and what its subscribers are told. */
export interface FanOutReceiver {
    subscription: number;
    /** Tell the topic: for subscriptions to patterns. */
    topic?: boolean | null | undefined;
    /** Whether it is an event that the broker had kept; not said when not given, or null. */
    retained?: boolean | null | undefined;
    /** Tell who published. */
    disclose?: boolean | null | undefined;
}
/** The codec that counts what goes out. */
interface Counting {
    readonly _counters: Counters;
}
/** The fan-out of one publication. Make one for each PUBLISH, and drop it when all have got theirs. */
export declare class FanOut {
    #private;
    /**
     * The bytes are those of `serializer.encode(EventMessage.from(publish, {...}))` with the same attributes; what is
     * handed out is shared and read-only. `codec` counts what goes out. Neither `publish` nor `event` may change, nor
     * `publish` be detached, while this is used.
     */
    constructor(codec: Counting, publish: Publish, event: FanOutEvent);
    /**
     * The frame for a subscription, the same bytes for all its subscribers. Throws EncodeError, or TypeError for a
     * receiver without an id or with anything but a boolean, whoever was served before.
     */
    bytes(serializer: Serializer, receiver: FanOutReceiver): Uint8Array;
    /** The same in one to three parts: a payload that goes out as it came is not copied. */
    parts(serializer: Serializer, receiver: FanOutReceiver): readonly Uint8Array[];
    /** Bytes of the frame for a subscription: a receiver may have a limit. */
    byteLength(serializer: Serializer, receiver: FanOutReceiver): number;
}
export {};
