/** Decoding what the kernel has checked, each value the fastest way: directly, by a tape, or with `JSON.parse`. */

import { decodePlainJson } from "./decode-json.js";
import { isForDirect, NOT_DIRECT, readDirect } from "./direct.js";
import { hydrate, NOT_ON_TAPE } from "./hydrate.js";
/** The value that the decoders of values must read, who know everything and say what is wrong. */
export const NOT_RESIDENT = Symbol('not resident');
/**
 * The value in `length` bytes, `place` bytes from the start of the kernel's input window, which the kernel has checked
 * there, with `wideTexts` texts beyond ASCII around it; the same bytes are at `start` in `bytes`. The rules must be for
 * `hydrate`. NOT_RESIDENT for what is rare.
 */
export function decodeResident(kernel, place, length, { id }, root, wideTexts, rules, bytes, start) {
    const { loads } = kernel;
    if (isForDirect(id, length, wideTexts)) {
        const value = readDirect(kernel, place, length, id, root, wideTexts, rules, bytes, start);
        if (value !== NOT_DIRECT)
            return value;
        // Somebody's setter has put another message in the place of this one.
        if (kernel.loads !== loads)
            return NOT_RESIDENT;
    }
    const value = hydrate(kernel, place, length, id, bytes, start, rules);
    return value === NOT_ON_TAPE ? NOT_RESIDENT : value;
}
/**
 * The value in `bytes[start, end)`. `isPlainJson` is what the kernel has said of bytes that this is a part of; `type`
 * is for values without a head of their own (abi.ts). Throws ProtocolError for bytes that have changed since.
 */
export function decodeChecked(format, bytes, start, end, policy, isPlainJson, type = 0) {
    const isPlain = isPlainJson && format.id === 1 && policy.maps === 'object';
    if (isPlain && policy.integers !== 'bigint' && policy.duplicateKeys === 'last') {
        return decodePlainJson(bytes, start, end);
    }
    return format.decode(bytes, start, end, policy, type);
}
