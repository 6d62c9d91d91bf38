/**
 * A message that goes to many receivers, each with its own first id (the subscription of an EVENT): written once, with
 * the place of the id left open. `Serializer._envelope` makes it, the fan-out of a broker fills it.
 *
 *     before | id | after | payload | tail
 */
import { acquireOutput, releaseOutput } from "../payload/output.js";
const NOTHING = new Uint8Array(0);
export class Envelope {
    #parts;
    /** Bytes of the payload at first. */
    #size;
    /** All that stands behind the id, once somebody wants it in one piece. */
    #rest;
    constructor(parts) {
        this.#parts = parts;
        this.#size = parts.payload.length;
        this.#rest = null;
    }
    /** True when a part is gone: a borrowed frame, or a slab of which a receiver was handed a piece, was detached. */
    get isGone() {
        const { before, payload } = this.#parts;
        // The head of a list is not empty, nor that of a frame; all around the payload is of one buffer.
        return before.length === 0 || payload.length !== this.#size;
    }
    /** The frame for an id. */
    bytes(id) {
        const { after, payload, tail } = this.#parts;
        this.#rest ??= joined([after, payload, tail]);
        const out = acquireOutput();
        try {
            this.#begin(out, id, this.#rest.length);
            out.raw(this.#rest);
            return out.finish();
        }
        finally {
            releaseOutput(out);
        }
    }
    /** The frame in one to three parts; all but the first are the same for all ids. */
    parts(id) {
        const { after, payload, tail } = this.#parts;
        if (payload.length === 0)
            return [this.bytes(id)];
        const out = acquireOutput();
        try {
            this.#begin(out, id, after.length + payload.length + tail.length);
            out.raw(after);
            const head = out.finish();
            return tail.length === 0 ? [head, payload] : [head, payload, tail];
        }
        finally {
            releaseOutput(out);
        }
    }
    /** Bytes of the frame for an id. */
    byteLength(id) {
        const { after, payload, tail } = this.#parts;
        const out = acquireOutput();
        try {
            this.#begin(out, id, 0);
            return out.mark() + after.length + payload.length + tail.length;
        }
        finally {
            releaseOutput(out);
        }
    }
    #begin(out, id, more) {
        const { before, writeId, hasLength } = this.#parts;
        const start = out.mark();
        out.raw(before);
        writeId(out, id);
        if (!hasLength)
            return;
        const end = out.mark();
        out.resume(start);
        out.u32(end - start - 4 + more);
        out.resume(end);
    }
}
/** The same bytes in one piece. */
export function joined(parts) {
    const filled = parts.filter(({ length }) => length > 0);
    if (filled.length < 2)
        return filled[0] ?? NOTHING;
    const bytes = new Uint8Array(filled.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of filled) {
        bytes.set(part, at);
        at += part.length;
    }
    return bytes;
}
