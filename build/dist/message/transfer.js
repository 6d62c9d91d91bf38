/**
 * Messages for `postMessage`: the frame's bytes and the kernel's findings as integers, so that the other thread makes
 * the same lazy message without scanning again.
 */
import { wrongArgument } from "../arguments.js";
import { fixedBytes, isBytes, typedArrayName } from "../brand.js";
import { EncodeError } from "../errors.js";

import { KERNEL_MAX_DEPTH } from "../kernel/kernel.js";
import { anyKernel } from "../kernel/load.js";
import { DEFAULT_POLICY } from "../limits.js";
import { CBOR_FORMAT, MSGPACK_FORMAT } from "../payload/format.js";
import { acquireOutput, releaseOutput } from "../payload/output.js";
import { Payload } from "../payload/payload.js";
import { marshal } from "./attributes.js";
import { construct } from "./classes.js";
import { isId } from "./kinds.js";
import { Received } from "./message.js";
import { entryOf, isRight, NO_INDEX } from "./options.js";
import { flatTextType, Receiver } from "./receive.js";
import { TABLES } from "./tables.js";
/** Changes with the layout. */
const VERSION = 2;
// The layout of `index`: form, request type, two ids as f64, then these, the last of them the number of the payload's
// format, then the entries of the message's index.
const MODE = 6;
const PLAIN_JSON = 7;
const TEXT = 8;
const SPANS = 10;
const FORMAT = 14;
const ENTRIES = 15;
/** Every payload has been checked before it travels. */
const MODES = [0, 1, 2, 3];
/**
 * The message's bytes and index. One that was built or changed has no frame, one that was derived may have options that
 * its frame has not: it gets one in CBOR first, or in MsgPack when it holds an extension, which CBOR has no form for.
 */
export function transferableOf(message) {
    const frame = message._frame;
    const isElsewhere = message.table.payload !== 'none' && message._payload !== frame;
    if (frame === null || isElsewhere || hasSetOptions(message) || isWrong(message, frame)) {
        const list = exactList(message);
        try {
            return transferableOf(reframed(message, list, CBOR_FORMAT));
        }
        catch (error) {
            if (!(error instanceof EncodeError))
                throw error;
            return transferableOf(reframed(message, list, MSGPACK_FORMAT));
        }
    }
    frame.ensureChecked();
    const slots = message;
    const ids = message.table.positions
        .filter(({ kind }) => kind === 'id')
        .map(({ attribute }) => slots[attribute]);
    const index = new Int32Array(ENTRIES + message._index.length);
    index[0] = TABLES.indexOf(message.table);
    index[1] = Number(slots.request_type ?? 0);
    new Float64Array(index.buffer, 8, 2).set(ids);
    index[MODE] = frame.mode;
    index[PLAIN_JSON] = frame.plainJson ? 1 : 0;
    index[TEXT] = frame.textStart;
    index[TEXT + 1] = frame.textEnd;
    index.set([frame.argsStart, frame.argsEnd, frame.kwargsStart, frame.kwargsEnd], SPANS);
    index[FORMAT] = frame.format.id;
    index.set(message._index, ENTRIES);
    return {
        version: VERSION,
        bytes: frame.span(0, frame.length).slice(),
        index,
        serializer: frame.frameFormat,
    };
}
function hasSetOptions(message) {
    return message._options?.some((value, field) => value != null && entryOf(message, field) < 0) ?? false;
}
/** The other codec need not be as lenient as this one. */
function isWrong(message, frame) {
    if (frame.context?.policy.peers !== 'lenient')
        return false;
    const { _index: index } = message;
    return index.some((_, i) => i % 3 === 0 && !isRight(message, i)) || frame.holdsUndefined(0, frame.length);
}
/** What the application built is its own: no more than the kernel's own limits. */
const LAX_POLICY = { ...DEFAULT_POLICY, uri: 'none', maxDepth: KERNEL_MAX_DEPTH, maxNodes: 2 ** 30 };
/** The list form; args and kwargs lose nothing in another format than theirs. */
function exactList(message) {
    const list = marshal(message, true);
    const { positions, payload } = message.table;
    const at = 1 + positions.length;
    if (payload === 'none' || message._payload.mode !== 1)
        return list;
    if (list.length > at)
        list[at] = message._payload.exactArgs() ?? [];
    if (list.length > at + 1)
        list[at + 1] = message._payload.exactKwargs();
    return list;
}
function reframed(message, list, format) {
    const out = acquireOutput();
    try {
        format.encode(out, list, LAX_POLICY, message.table.name);
        const bytes = out.finish();
        const receiver = new Receiver(anyKernel(), LAX_POLICY);
        receiver.kernel.load(bytes);
        return receiver.receive(format, bytes, 0, bytes.length, 0);
    }
    finally {
        releaseOutput(out);
    }
}
/**
 * The message of a transferable; `readers` are those of the frames that are no lists. Throws TypeError when it is not
 * one, of another version of this package, or in a format that this entry does not have.
 */
export function messageOf(transferred, receiver, formats, readers) {
    const { version, bytes, index, serializer } = (transferred ?? {});
    if (version !== VERSION || !isBytes(bytes) || typedArrayName(index) !== 'Int32Array') {
        const expected = 'what message.toTransferable() gives, from the same version of wamp-codec';
        throw wrongArgument('fromTransferable', expected, transferred);
    }
    const reader = readers.find(({ name }) => name === serializer) ?? null;
    const format = formats.find(({ id }) => id === index[FORMAT]);
    const form = index[0];
    const entries = Array.from(index.subarray(ENTRIES));
    const spans = [...index.subarray(TEXT, FORMAT), ...entries.filter((_, i) => i % 3 !== 0)];
    if (index.length < ENTRIES ||
        format === undefined ||
        (reader === null && format.name !== serializer) ||
        TABLES[form] === undefined ||
        !MODES.includes(index[MODE]) ||
        !new Float64Array(index.slice(2, MODE).buffer).every(isId) ||
        entries.length % 3 !== 0) {
        throw new TypeError('a transferable of an unknown message or serializer');
    }
    const endsEarly = (offset, i) => i % 2 === 1 && offset < spans[i - 1];
    if (spans.some((offset, i) => offset < -1 || offset > bytes.length || endsEarly(offset, i))) {
        throw new TypeError('a transferable whose index does not fit its bytes');
    }
    const frame = new Payload(fixedBytes(bytes), 0, bytes.length, format, receiver, undefined, 0, reader);
    frame.mode = index[MODE];
    frame.plainJson = index[PLAIN_JSON] === 1;
    frame.textStart = index[TEXT];
    frame.textEnd = index[TEXT + 1];
    frame.argsStart = index[SPANS];
    frame.argsEnd = index[SPANS + 1];
    frame.kwargsStart = index[SPANS + 2];
    frame.kwargsEnd = index[SPANS + 3];
    const received = new Received();
    const [first = 0, second = 0] = new Float64Array(index.slice(2, MODE).buffer);
    received.first = first;
    received.second = second;
    received.requestType = index[1];
    const hasText = frame.textEnd > frame.textStart;
    const type = reader === null ? null : flatTextType(form);
    received.text = hasText ? frame.decodeAttribute(frame.textStart, frame.textEnd, 0, type) : null;
    received.ref = received.text === null ? -1 : receiver.kernel.internUri(received.text, false);
    received.index = entries.length === 0 ? NO_INDEX : entries;
    received.frame = frame;
    return construct(form, received);
}
