/**
 * Frames as applications hand them in: bytes, text, shared memory or chunks; here they become one run of bytes that
 * nobody changes while we read it, or that we were told nobody will.
 */
import { wrongArgument } from "../arguments.js";
import { isBuffer, isBytes, isFixed } from "../brand.js";
import { ProtocolError } from "../errors.js";
import { surrogateIn } from "../payload/complaint.js";
import { isWellFormed } from "../payload/encode-value.js";
/**
 * Puts a frame into the kernel's input window, and returns the bytes that the message will keep. Throws ProtocolError
 * SIZE_LIMIT, or BAD_UTF8 for text; TypeError for what is no frame.
 */
export function loadFrame(kernel, frame, format, isText, policy) {
    if (typeof frame === 'string')
        return loadText(kernel, frame, format, isText, policy);
    let bytes;
    if (isBytes(frame))
        bytes = frame;
    else if (Array.isArray(frame))
        bytes = joined(frame, format, policy);
    else if (isBuffer(frame))
        bytes = new Uint8Array(frame);
    else
        throw notAFrame(frame);
    checkSize(bytes.length, format, policy);
    // Nobody can keep the promise that shared memory will not change, nor that a resizable buffer will not be shorter.
    if ((policy.ownership === 'copy' || !isFixed(bytes.buffer)) && !Array.isArray(frame)) {
        bytes = new Uint8Array(bytes);
    }
    kernel.load(bytes);
    return bytes;
}
/**
 * The same for who keeps no bytes: nothing is allocated for a Uint8Array. Returns the number
 * of bytes in the window, which nobody else can change.
 */
export function loadOnly(kernel, frame, format, isText, policy) {
    if (!isBytes(frame))
        return loadFrame(kernel, frame, format, isText, policy).length;
    checkSize(frame.length, format, policy);
    kernel.load(frame);
    return frame.length;
}
/** What is thrown for anything else. */
export function notAFrame(value) {
    return wrongArgument('frame', 'a Uint8Array, ArrayBuffer, string or list of Uint8Arrays', value);
}
/** Text is encoded straight into the window and copied out again: half the time of `TextEncoder.encode`. */
function loadText(kernel, text, format, isText, policy) {
    if (!isText) {
        throw new ProtocolError('BAD_MESSAGE', `cannot decode a message from ${format}: got text, ${format} is binary`, {
            format,
            offset: 0,
        });
    }
    checkSize(text.length, format, policy);
    const length = kernel.loadText(text);
    checkSize(length, format, policy);
    const bytes = kernel.copyOut(length);
    // ASCII has no surrogates; a lone one became U+FFFD.
    if (length !== text.length && !isWellFormed(text))
        throw surrogateIn(text, 'a message');
    return bytes;
}
function joined(chunks, format, policy) {
    let length = 0;
    for (const chunk of chunks) {
        if (!isBytes(chunk))
            throw wrongArgument('a chunk of a frame', 'a Uint8Array', chunk);
        length += chunk.length;
    }
    checkSize(length, format, policy);
    const bytes = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
        bytes.set(chunk, at);
        at += chunk.length;
    }
    return bytes;
}
function checkSize(length, format, policy) {
    if (length <= policy.maxMessageBytes)
        return;
    const text = `cannot decode a message from ${format}: ${length} bytes, the limit is ${policy.maxMessageBytes}`;
    throw new ProtocolError('SIZE_LIMIT', text, { format, offset: policy.maxMessageBytes });
}
