import { EncodeError } from '../errors.ts';
import type { Policy } from '../limits.ts';
import { type ValueFormat } from './format.ts';
/** An attribute or a part of one that does not arrive as it is, and why. */
export interface Loss {
    /** As in errors: `forward_for`, `args[0].a`; empty for a payload value itself. */
    readonly path: string;
    readonly reason: string;
}
/**
 * All losses of the encoded value in `bytes`. `prefix` names the value in the paths. Throws ProtocolError for malformed
 * bytes.
 */
export declare function lossesOf(bytes: Uint8Array, from: ValueFormat, to: ValueFormat, policy: Policy, prefix?: string): Loss[];
/**
 * All losses of a value of the application. It takes its form on the wire in CBOR, which has one for everything but the
 * extensions of MsgPack. With these in it, and without a form in the target, only the first loss is named.
 */
export declare function valueLosses(value: unknown, to: ValueFormat, policy: Policy, prefix: string): Loss[];
/** The words of an error without what the path says already. */
export declare function reasonOf(error: EncodeError): string;
