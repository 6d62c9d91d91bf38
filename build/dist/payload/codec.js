/**
 * Codecs of single payload values: `codec.payload(name)`. An opaque payload is one such value, and `enc_serializer`
 * names its format.
 */
import { wrongArgument } from "../arguments.js";
import { fixedBytes, isBuffer, isBytes, isFixed } from "../brand.js";
import { EncodeError } from "../errors.js";

import { DEFAULT_POLICY } from "../limits.js";
import { textEncoder } from "../text-coders.js";
import { checkBytes, checkResident, checkSize, MOST_UNCHECKED, statusOf, throwUnlessOk, } from "./check-value.js";
import { surrogateIn } from "./complaint.js";
import { decodeResident, NOT_RESIDENT } from "./decode-checked.js";
import { ARGS } from "./direct-keys.js";
import { isWellFormed } from "./encode-value.js";
import { canHydrate } from "./hydrate.js";
import { acquireOutput, releaseOutput } from "./output.js";
import { ViewSource } from "./view-source.js";
import { ValueView } from "./view-value.js";
/** The payload serializers of WAMP with their numbers in the FlatBuffers schema (`Serializer`). */
export const PAYLOAD_SERIALIZERS = {
    /** The serializer of the transport. */
    transport: 0,
    json: 1,
    msgpack: 2,
    cbor: 3,
    ubjson: 4,
    /** Bytes that only the application knows. */
    opaque: 5,
    /** Bytes for the application's generated classes. */
    flatbuffers: 6,
    flexbuffers: 7,
};
/** The codec of a format. */
export class FormatCodec {
    #format;
    #kernel;
    #policy;
    constructor(format, kernel, policy) {
        this.#format = format;
        this.#kernel = kernel;
        this.#policy = policy;
    }
    decode(bytes) {
        const frame = typeof bytes === 'string' ? this.#encoded(bytes) : bytesOf(bytes);
        const format = this.#format;
        const kernel = this.#kernel;
        const policy = this.#policy;
        checkSize(frame, format, policy);
        const { length } = frame;
        const canRead = canHydrate(policy);
        const isLarge = length > MOST_UNCHECKED;
        if (canRead || isLarge) {
            kernel.load(frame);
            const status = statusOf(kernel, length, format, policy);
            // Only what was checked is read there. What is refused, the other decoder refuses better.
            if (canRead && status === 0) {
                const source = policy.binary === 'view' ? fixedBytes(frame) : frame;
                const wideTexts = kernel.words[kernel.record + 25];
                const value = decodeResident(kernel, 0, length, format, ARGS, wideTexts, policy, source, 0);
                if (value !== NOT_RESIDENT)
                    return value;
            }
            if (isLarge)
                throwUnlessOk(kernel, status, format, policy);
        }
        return format.decode(fixedBytes(frame), 0, length, policy);
    }
    encode(value) {
        const out = acquireOutput();
        try {
            this.#format.encode(out, value, this.#policy, '');
            return out.finish();
        }
        finally {
            releaseOutput(out);
        }
    }
    validate(bytes) {
        checkSize(bytes, this.#format, this.#policy);
        this.#kernel.load(bytes);
        checkResident(this.#kernel, bytes.length, this.#format, this.#policy);
    }
    view(bytes) {
        const kernel = this.#kernel;
        const format = this.#format;
        const policy = this.#policy;
        checkSize(bytes, this.#format, this.#policy);
        kernel.load(bytes);
        const { length } = bytes;
        // Shared memory may change while it is read, and a resizable buffer become shorter.
        const isOwn = policy.ownership === 'copy' || !isFixed(bytes.buffer);
        const own = isOwn ? kernel.copyOut(length) : bytes;
        checkResident(kernel, length, format, policy);
        const isPlainJson = (kernel.words[kernel.record + 2] & 4) !== 0;
        const { loads } = kernel;
        // What the kernel does not know of is refused here, as `decode` does.
        if (policy.duplicateKeys === 'refuse' || policy.integers === 'number')
            format.decode(own, 0, length, policy);
        return format.view(new ViewSource({ bytes: own, base: 0, loads, loadedAt: 0 }, 0, length, format, kernel, policy, isPlainJson));
    }
    #encoded(text) {
        if (this.#format.name !== 'json')
            throw wrongArgument(`decode ${this.#format.name}`, 'bytes', text);
        if (isWellFormed(text))
            return textEncoder().encode(text);
        throw surrogateIn(text, 'a value');
    }
}
/** The bytes of a value, which may be memory without a view. */
function bytesOf(bytes) {
    return isBuffer(bytes) ? new Uint8Array(bytes) : bytes;
}
/** The codec of `opaque` and `flatbuffers`: what the bytes mean is the application's business. */
export const BYTES_CODEC = {
    decode(bytes) {
        const own = typeof bytes === 'string' ? bytes : bytesOf(bytes);
        checkBytes(own);
        return own;
    },
    encode(value) {
        if (isBytes(value))
            return value;
        throw new EncodeError('UNENCODABLE', 'cannot encode a value to opaque bytes: expected a Uint8Array');
    },
    validate: checkBytes,
    view(bytes) {
        checkBytes(bytes);
        return new ValueView(bytes, DEFAULT_POLICY);
    },
};
