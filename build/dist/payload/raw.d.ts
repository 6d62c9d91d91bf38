/**
 * Raw payloads: what history, retention and call queues keep of a message. A raw payload that came from a message is
 * known here and leads back to the very payload, checked already; any other is decoded, and thereby checked.
 */
import type { ValueFormat } from './format.ts';
import { type Payload, type RawPayload } from './payload.ts';
/** Makes formats known here; every codec does. */
export declare function registerFormats(known: readonly ValueFormat[]): void;
/** The raw form of a payload; null for one without encoded bytes. */
export declare function rawOf(payload: Payload): RawPayload | null;
/**
 * The payload of a raw form. Throws ProtocolError when bytes that do not come from a message are malformed, TypeError
 * when no codec of this thread has their format.
 */
export declare function payloadOfRaw(raw: RawPayload): Payload;
