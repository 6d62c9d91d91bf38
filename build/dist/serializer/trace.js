/** The fields of a frame with their bytes: for `wamp-codec inspect`, and for whoever looks at a broken frame. */
import { ProtocolError } from "../errors.js";

import { acceptance } from "../kernel/kernel.js";
import { fieldName } from "../message/refusal.js";
import { TABLES } from "../message/tables.js";
import { batchSpans, placeInWindow } from "./batch.js";
import { loadFrame } from "./frame.js";
const KINDS = {
    [1]: 'null',
    [2]: 'boolean',
    [3]: 'boolean',
    [4]: 'integer',
    [5]: 'integer',
    [6]: 'integer',
    [7]: 'float',
    [8]: 'text',
    [9]: 'bytes',
    [10]: 'array',
    [11]: 'map',
    [12]: 'tag',
};
/** Scans a frame and tells what it found, up to the first error. */
export function traceFrame(receiver, frame, serializer) {
    const { _format: format, _reader: reader } = serializer;
    const name = reader?.name ?? format.name;
    const bytes = loadFrame(receiver.kernel, frame, name, !serializer.isBinary, receiver.policy);
    const spans = serializer.isBatched ? [] : [0, bytes.length];
    const batchError = serializer.isBatched ? refusal(() => batchSpans(bytes, format.name, spans)) : null;
    const fields = [];
    const { loads } = receiver.kernel;
    for (let i = 0; i < spans.length; i += 2) {
        const start = spans[i];
        const length = spans[i + 1] - start;
        const at = placeInWindow(receiver.kernel, loads, bytes, start, length);
        for (const field of foundFields(receiver, format, reader, at, length)) {
            fields.push({ ...field, start: start + field.start, end: start + field.end });
        }
        // Decoding tells what is wrong, if anything is: also what no single value shows.
        const error = refusal(() => receiver.receive(format, bytes, start, length, at, reader));
        if (error === null)
            continue;
        fields.push(error);
        return fields;
    }
    if (batchError !== null)
        fields.push(batchError);
    return fields;
}
/** The error that refuses a frame, as the last entry of its trace. */
function refusal(read) {
    try {
        read();
        return null;
    }
    catch (error) {
        if (!(error instanceof ProtocolError))
            throw error;
        return { name: 'error', kind: error.message, start: error.offset ?? 0, end: error.offset ?? 0 };
    }
}
/** What the kernel finds in one message, `at` bytes from the start of its window, in the order of the bytes. */
function foundFields(receiver, format, reader, at, length) {
    const { kernel, policy } = receiver;
    const flags = 4 | acceptance(policy);
    if (reader === null)
        kernel.scan(at, length, format.id, flags, policy);
    else
        kernel.scanFlatBuffers(at, length, format.id, flags, policy);
    const word = (place) => kernel.words[kernel.record + place];
    const table = TABLES[word(1)];
    const index = kernel.readIndex(word(3));
    const fields = [];
    for (let i = 0; i < index.length; i += 3) {
        const packed = index[i];
        const field = packed & 0xff;
        // A custom value is part of its key's entry.
        if (field === 86)
            continue;
        const kind = field === 84 ? 'entry' : (KINDS[(packed >> 8) & 0xff] ?? 'value');
        fields.push({
            name: fieldName(table, field),
            kind,
            start: index[i + 1],
            end: index[i + 2],
        });
    }
    fields.sort((a, b) => a.start - b.start || b.end - a.end);
    // A dictionary that was read to its end is there twice: its head, when it began, and the whole.
    return fields.filter(({ name, start }, i) => name !== fields[i - 1]?.name || start !== fields[i - 1]?.start);
}
