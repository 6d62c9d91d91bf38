/** What is wrong with bytes and texts, in words. One fault has one text, whichever way it is found. */
import { EncodeError, ProtocolError } from "../errors.js";
import { loneSurrogateAt } from "./encode-value.js";
import { LONE_SURROGATE, utf8Length } from "./utf8.js";
const BACKSLASH = 0x5c;
/**
 * What a code of the kernel says by itself. `at` is the byte in the kernel's window that it is about: in JSON a lone
 * surrogate is an escape, and any other text that is not UTF-8 is not.
 */
export function complaint(code, policy, { bytes, input }, at) {
    switch (code) {
        case 'TRUNCATED':
            return 'the frame ends too early';
        case 'TRAILING_BYTES':
            return 'bytes follow the message';
        case 'BAD_UTF8':
            return bytes[input + at] === BACKSLASH ? LONE_SURROGATE : 'the text is not UTF-8';
        case 'DEPTH_LIMIT':
            return `nested deeper than ${policy.maxDepth}`;
        case 'LENGTH_OVERRUN':
            return 'a length runs past the end of the frame';
        case 'SIZE_LIMIT':
            return `a big integer of more than ${policy.maxBigIntBytes} bytes, too many keys, or too many offsets to one text`;
        case 'BAD_OFFSET':
            return 'an offset or a table that leaves the frame';
        case 'MISALIGNED':
            return 'a value that does not stand at a multiple of its size';
        case 'NODE_LIMIT':
            return `more than ${policy.maxNodes} values`;
        case 'BAD_NUMBER':
            return 'a number that is malformed or out of range';
        case 'DUPLICATE_KEY':
            return 'a key stands twice';
        case 'KEY_TYPE':
            return 'a key is no string';
        default:
            return 'a byte that cannot stand here';
    }
}
/** The same for a value by itself, which has no frame around it. */
export function valueComplaint(code, policy, kernel, at) {
    switch (code) {
        case 'TRUNCATED':
            return 'the bytes end inside the value';
        case 'TRAILING_BYTES':
            return 'bytes follow the value';
        case 'LENGTH_OVERRUN':
            return 'a length runs past the end of the value';
        case 'BAD_OFFSET':
            return 'an offset leads out of the value';
        default:
            return complaint(code, policy, kernel, at);
    }
}
/** The error for a text of the application with a lone surrogate, at its path. */
export function surrogateError(path, format) {
    return new EncodeError('BAD_UTF8', `cannot encode ${path} to ${format}: ${LONE_SURROGATE}`, {
        format,
        path,
    });
}
/** The error for JSON that was given as a text with a lone surrogate; `what` is `a message` or `a value`. */
export function surrogateIn(text, what) {
    const offset = utf8Length(text.slice(0, loneSurrogateAt(text)));
    const full = `cannot decode ${what} from json: ${LONE_SURROGATE} (byte ${offset})`;
    return new ProtocolError('BAD_UTF8', full, { format: 'json', offset });
}
