/** One value checked by the kernel alone, before anything is built of it: for payload codecs and the transcoder. */
import { wrongArgument } from "../arguments.js";
import { isBytes } from "../brand.js";
import { ERROR_CODES, ProtocolError } from "../errors.js";

import { valueComplaint } from "./complaint.js";
/**
 * Larger values are checked before they are decoded. The decoders say better what is wrong, but what they build until
 * they find that 16 MiB of empty maps are too many takes 512 MB of heap.
 */
export const MOST_UNCHECKED = 65_536;
/** What the kernel says of the value that is in its input window. */
export function statusOf(kernel, length, format, policy) {
    return kernel.check(0, length, format.id, 0, policy);
}
/** Throws ProtocolError for a status that `statusOf` has just given, unless it is OK. */
export function throwUnlessOk(kernel, status, { name }, policy) {
    if (status === 0)
        return;
    const code = ERROR_CODES[status - 1] ?? 'BAD_TOKEN';
    const offset = kernel.words[kernel.record + 14];
    const said = valueComplaint(code, policy, kernel, offset);
    const text = `cannot decode a value from ${name}: ${said} (byte ${offset})`;
    throw new ProtocolError(code, text, { format: name, offset });
}
/** Throws ProtocolError when the value that is in the kernel's input window is not well-formed. */
export function checkResident(kernel, length, format, policy) {
    throwUnlessOk(kernel, statusOf(kernel, length, format, policy), format, policy);
}
/** Throws TypeError for what is no bytes, and ProtocolError for more of them than a message may have. */
export function checkSize(bytes, { name }, { maxMessageBytes }) {
    checkBytes(bytes);
    const { length } = bytes;
    if (length <= maxMessageBytes)
        return;
    const text = `cannot decode a value from ${name}: ${length} bytes, the limit is ${maxMessageBytes}`;
    throw new ProtocolError('SIZE_LIMIT', text, { format: name, offset: maxMessageBytes });
}
/** Throws TypeError for what is no bytes. */
export function checkBytes(bytes) {
    if (!isBytes(bytes))
        throw wrongArgument('bytes', 'a Uint8Array', bytes);
}
