/** The bytes under a view: where they are, how to bring them before the kernel, and how to decode a part of them. */
import { ERROR_CODES, ProtocolError, releasedFrame } from "../errors.js";

import { decodeChecked } from "./decode-checked.js";
import { decodeJsonText } from "./decode-json.js";
import { isWellFormed } from "./encode-value.js";
import { Float64 } from "./values.js";
/** The kernel counts elements in 32 bits. */
export const MAX_INDEX = 0x7fff_ffff;
/** Keys of UBJSON are texts without their marker. */
const UBJSON_TEXT = 0x53;
/** One encoded value, checked before. Positions count from its first byte. */
export class ViewSource {
    /** `start` and `end` count from the owner's base. */
    constructor(owner, start, end, format, kernel, policy, isPlainJson) {
        this.owner = owner;
        this.start = start;
        this.length = end - start;
        this.format = format;
        this.kernel = kernel;
        this.policy = policy;
        this.isPlainJson = isPlainJson;
        this.isRare = false;
        this.loads = owner.loads;
        this.place = owner.loadedAt + start;
    }
    /**
     * The buffer that the value is in; it begins at `offset` of it. Ask each time: the owner may move it. Throws
     * WampCodecError RELEASED when it was detached or shrunk.
     */
    get bytes() {
        const bytes = this.owner.bytes;
        if (bytes.length < this.offset + this.length)
            throw releasedFrame(this.format.name);
        return bytes;
    }
    get offset() {
        return this.owner.base + this.start;
    }
    /** The value in `[start, end)`; `type` is what its container has taken of it (abi.ts). */
    decode(start, end, type) {
        const { format, policy, offset, isPlainJson } = this;
        return decodeChecked(format, this.bytes, offset + start, offset + end, policy, isPlainJson, type);
    }
    /** The key in `[start, end)`; one that is an integral float is a `Float64`. */
    decodeKey(start, end) {
        const { format, policy, offset, bytes } = this;
        const [from, to] = [offset + start, offset + end];
        if (format.id === 1)
            return decodeJsonText(bytes, from, to, policy);
        const exact = { ...policy, integers: 'auto', tags: 'plain', floats: 'exact' };
        const key = format.decode(bytes, from, to, exact, UBJSON_TEXT);
        const isScalar = typeof key !== 'object' || key === null || key instanceof Float64;
        return isScalar ? key : format.decode(bytes, from, to, policy);
    }
    /** A word of the kernel's last answer that is no position: one of FOUND_*. */
    found(word) {
        return this.kernel.words[this.kernel.record + word];
    }
    /** A position in the kernel's last answer. */
    foundAt(word) {
        return this.found(word) - this.place;
    }
    /** Looks at the value at `from` itself, or with FIND_END for its end. Throws ProtocolError as `findPath`. */
    find(mode, from, type) {
        this.load();
        this.call(mode, from, type, 0, 0, 0);
    }
    /**
     * Follows steps from the value at `from`; false when they lead nowhere, or the kernel cannot tell (`isRare`). The answer is in the kernel's record. Throws ProtocolError when the bytes have changed since they
     * were checked.
     */
    findPath(from, type, steps) {
        this.isRare = false;
        for (const step of steps)
            if (!this.isPossible(step))
                return false;
        this.load();
        return this.call(1, from, type, this.kernel.putSteps(steps, this.place + this.length), 0, 0);
    }
    /** Follows one step, STEP_*, from an entry that is known on: FOUND_INDEX and FOUND_AT of an answer. */
    findOne(from, type, what, number, known, at) {
        this.load();
        return this.call(1, from, type, this.kernel.putOne(what, number), known, at);
    }
    /** Asks the kernel, before which the bytes are. */
    call(mode, from, type, size, known, at) {
        const { kernel, policy, format, place } = this;
        const end = place + this.length;
        const flags = policy.duplicateKeys === 'refuse' ? 8 : 0;
        const status = kernel.find(end, format.id, flags, policy, mode, place + from, type, size, known, place + at);
        this.isRare = status === 65 || this.found(9) === 1;
        if (status === 65)
            return false;
        if (status !== 0)
            throw this.error(ERROR_CODES[status - 1] ?? 'BAD_TOKEN', this.foundAt(14));
        return this.found(0) !== 0;
    }
    /** False for a step that leads nowhere in any value of this length. */
    isPossible(step) {
        // The digits of an integer are more than its bytes.
        if (typeof step === 'string')
            return step.length <= 3 * this.length && isWellFormed(step);
        return Number.isInteger(step) && step >= 0 && step <= MAX_INDEX;
    }
    /** The error of a read that has found something else than what was checked, `at` bytes from the first. */
    error(code, at) {
        const { name } = this.format;
        const offset = this.offset + at;
        const text = `cannot read a value from ${name}: it has changed since it was checked: ${code} (byte ${offset})`;
        return new ProtocolError(code, text, { format: name, offset });
    }
    /** Puts the bytes before the kernel, unless they are there. */
    load() {
        const { kernel, offset, length, bytes } = this;
        if (kernel.loads === this.loads)
            return;
        const { buffer, byteOffset } = bytes;
        kernel.load(new Uint8Array(buffer, byteOffset + offset, length));
        this.loads = kernel.loads;
        this.place = 0;
    }
}
