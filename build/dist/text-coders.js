/**
 * The encoder and the decoders of UTF-8 that the runtime has. They are made at first use, because importing the package
 * must work where they are missing: jsdom lacks them until a test gives it those of Node.
 */
import { WampCodecError } from "./errors.js";
let encoder = null;
let decoder = null;
let strict = null;
/** Throws WampCodecError KERNEL_UNAVAILABLE where the runtime has none, as the others here do. */
export function textEncoder() {
    encoder ??= new (coder('TextEncoder'))();
    return encoder;
}
// ignoreBOM means "keep it": without, U+FEFF at the start of a text would vanish.
/** For text that was checked before. */
export function textDecoder() {
    decoder ??= new (coder('TextDecoder'))('utf-8', { ignoreBOM: true });
    return decoder;
}
/** Throws TypeError for bytes that are not UTF-8. */
export function strictDecoder() {
    strict ??= new (coder('TextDecoder'))('utf-8', { fatal: true, ignoreBOM: true });
    return strict;
}
function coder(name) {
    const found = globalThis[name];
    if (typeof found === 'function')
        return found;
    const text = `this runtime has no ${name}; set globalThis.${name} before the first codec is made (node:util has it)`;
    throw new WampCodecError('KERNEL_UNAVAILABLE', text);
}
