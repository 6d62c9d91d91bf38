/** The bytes under a view: where they are, how to bring them before the kernel, and how to decode a part of them. */
import { type ErrorCode, ProtocolError } from '../errors.ts';
import { type FIND_END, type FIND_SELF } from '../kernel/abi.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Policy } from '../limits.ts';
import type { ValueFormat } from './format.ts';
/** Who holds the bytes: a payload, which may move them to a copy of its own. */
export interface ByteOwner {
    readonly bytes: Uint8Array | null;
    readonly base: number;
    /** While `kernel.loads` is this, its bytes from `base` on are `loadedAt` bytes behind the start of the window. */
    readonly loads: number;
    readonly loadedAt: number;
}
/** The kernel counts elements in 32 bits. */
export declare const MAX_INDEX: number;
/** One encoded value, checked before. Positions count from its first byte. */
export declare class ViewSource {
    readonly format: ValueFormat;
    readonly policy: Policy;
    readonly kernel: Kernel;
    /** The last path has met what is not for the kernel: an array of several dimensions, a big integer as a key. */
    isRare: boolean;
    /** Bytes of the value. */
    readonly length: number;
    private readonly owner;
    private readonly start;
    /** JSON.parse reads all of it exactly. */
    private readonly isPlainJson;
    /** `kernel.loads` when these bytes were put there, and how far behind the start of the window. */
    private loads;
    private place;
    /** `start` and `end` count from the owner's base. */
    constructor(owner: ByteOwner, start: number, end: number, format: ValueFormat, kernel: Kernel, policy: Policy, isPlainJson: boolean);
    /**
     * The buffer that the value is in; it begins at `offset` of it. Ask each time: the owner may move it. Throws
     * WampCodecError RELEASED when it was detached or shrunk.
     */
    get bytes(): Uint8Array;
    get offset(): number;
    /** The value in `[start, end)`; `type` is what its container has taken of it (abi.ts). */
    decode(start: number, end: number, type: number): unknown;
    /** The key in `[start, end)`; one that is an integral float is a `Float64`. */
    decodeKey(start: number, end: number): unknown;
    /** A word of the kernel's last answer that is no position: one of FOUND_*. */
    found(word: number): number;
    /** A position in the kernel's last answer. */
    foundAt(word: number): number;
    /** Looks at the value at `from` itself, or with FIND_END for its end. Throws ProtocolError as `findPath`. */
    find(mode: typeof FIND_SELF | typeof FIND_END, from: number, type: number): void;
    /**
     * Follows steps from the value at `from`; false when they lead nowhere, or the kernel cannot tell (`isRare`). The answer is in the kernel's record. Throws ProtocolError when the bytes have changed since they
     * were checked.
     */
    findPath(from: number, type: number, steps: readonly (string | number)[]): boolean;
    /** Follows one step, STEP_*, from an entry that is known on: FOUND_INDEX and FOUND_AT of an answer. */
    findOne(from: number, type: number, what: number, number: number, known: number, at: number): boolean;
    /** Asks the kernel, before which the bytes are. */
    private call;
    /** False for a step that leads nowhere in any value of this length. */
    private isPossible;
    /** The error of a read that has found something else than what was checked, `at` bytes from the first. */
    error(code: ErrorCode, at: number): ProtocolError;
    /** Puts the bytes before the kernel, unless they are there. */
    private load;
}
