import { type RawPayload } from '../payload/payload.ts';
import type { PayloadView } from '../payload/view.ts';
import type { Message } from './message.ts';
/** What the mixin gives. */
export interface WithAppPayload {
    /** Positional payload values; null when there are none. Decoded at first access. */
    args: unknown[] | null;
    /** Keyword payload values; null when there are none. Decoded at first access. */
    kwargs: Record<string, unknown> | null;
    /** An opaque payload in place of args and kwargs: bytes that the router passes on. A view of the frame. */
    payload: Uint8Array | null;
    /** How the opaque payload is encrypted: `cryptobox`, `mqtt`, `xbr` or `x_...`. Needs a payload. */
    enc_algo: string | null;
    /** Which key encrypts the opaque payload. Needs enc_algo. */
    enc_key: string | null;
    /** How the encrypted content is serialized: `json`, `msgpack`, `cbor`, `ubjson`, `flatbuffers` or `x_...`. */
    enc_serializer: string | null;
    /** Payload passthru scheme: `wamp`, `mqtt` or `x_...`. Specification: "Payload Passthru Mode". */
    ppt_scheme: string | null;
    /** How the passthru payload is serialized, for example `cbor`. */
    ppt_serializer: string | null;
    /** How the passthru payload is encrypted: `xsalsa20poly1305` or `aes256gcm`. */
    ppt_cipher: string | null;
    /** Which key encrypts the passthru payload. */
    ppt_keyid: string | null;
    /** The payload as it came, encoded; null for a payload that was built. Constructors take it. */
    readonly rawPayload: RawPayload | null;
    /**
     * args and kwargs as a map of two, of which nothing is decoded but what is asked for:
     * `msg.payloadView.path('kwargs', 'order', 'items', 3, 'price')?.toValue()`. Empty when the payload is opaque.
     */
    readonly payloadView: PayloadView;
    /**
     * A message whose opaque payload is in the ppt_* dialect: the bytes are shared, and what enc_* say of them is said in
     * ppt_* (`cryptobox` is `wamp` with `xsalsa20poly1305`, `xbr` is `x_xbr`, enc_key is ppt_keyid). Any other message is
     * copied as it is. Throws EncodeError UNENCODABLE for what the dialect has no words for.
     */
    toPpt(): this;
    /** The same the other way: a message whose opaque payload is in the enc_* dialect. */
    toEnc(): this;
    /** The rule of `payloadRules: 'strict'`: an opaque payload has enc_algo, enc_key and enc_serializer. */
    validatePayloadAttributes(): void;
}
/** Payload attributes as constructors take them. */
export interface PayloadAttributes {
    args?: unknown[] | null | undefined;
    kwargs?: Record<string, unknown> | null | undefined;
    payload?: Uint8Array | null | undefined;
    rawPayload?: RawPayload | null | undefined;
    enc_algo?: string | null | undefined;
    enc_key?: string | null | undefined;
    enc_serializer?: string | null | undefined;
    ppt_scheme?: string | null | undefined;
    ppt_serializer?: string | null | undefined;
    ppt_cipher?: string | null | undefined;
    ppt_keyid?: string | null | undefined;
}
type Mixin<Instance> = abstract new (...args: any[]) => Instance;
/** Adds the application payload to a class. Apply it once for each category, after `withForwardFor`. */
export declare function withAppPayload<B extends Mixin<object>>(Base: B): B & Mixin<WithAppPayload>;
/** Replaces the payload; messages that share the old one do not see it. */
export declare function setPayload(message: object, args: unknown[] | null | undefined, kwargs: Record<string, unknown> | null | undefined, payload: Uint8Array | null | undefined): void;
/**
 * Throws PayloadRuleError unless: enc_* describe an opaque payload, and enc_key and enc_serializer come with enc_algo.
 * Strict: an opaque payload has all three or is in the ppt_* dialect.
 */
export declare function checkPayloadRules(message: object, rules: 'interop' | 'strict'): void;
/**
 * For constructors: gives the mixin its slots, and the payload and options that the attributes hold. Throws TypeError
 * for a value of the wrong type and PayloadRuleError for attributes that contradict each other.
 */
export declare function initAppPayload(message: object, attributes: PayloadAttributes): void;
/** True for the 7 messages that carry an application payload. */
export declare function hasAppPayload(message: Message): message is Message & WithAppPayload;
export {};
