/** The codec: policy and limits in one place, and the serializers that keep them. */
import { checkOptions, isObject, nameOf, wrongArgument } from "./arguments.js";
import { EncodeError } from "./errors.js";
import { KERNEL_MAX_DEPTH } from "./kernel/kernel.js";
import { kernelOf } from "./kernel/load.js";
import { DEFAULT_POLICY } from "./limits.js";
import { isCustomName } from "./message/kinds.js";
import { registerTransfer } from "./message/message.js";
import { Receiver } from "./message/receive.js";
import { messageOf, transferableOf } from "./message/transfer.js";
import { hasAppPayload } from "./message/with-app-payload.js";
import { BYTES_CODEC, FormatCodec } from "./payload/codec.js";
import { NO_PAYLOAD } from "./payload/payload.js";
import { registerFormats } from "./payload/raw.js";
import { transcode } from "./payload/transcode.js";
import { LENGTH_BYTES } from "./serializer/batch.js";
import { checkSerializer, formatOf } from "./serializer/ids.js";
import { bytesOf, typeOf } from "./serializer/peek.js";
import { JsonSerializer, SERIALIZER_OPTIONS, Serializer, } from "./serializer/serializer.js";
import { traceFrame } from "./serializer/trace.js";
/** What each option may be; limits are positive integers. */
const CHOICES = {
    payloadValidation: ['eager', 'deferred'],
    ownership: ['borrow', 'copy'],
    uri: ['loose', 'strict', 'none'],
    payloadRules: ['interop', 'strict'],
    unknownKeys: ['keep', 'custom', 'drop', 'refuse'],
    duplicateKeys: ['last', 'refuse'],
    integers: ['auto', 'number', 'bigint'],
    binary: ['copy', 'view'],
    maps: ['object', 'map'],
    tags: ['plain', 'tagged'],
    unrepresentable: ['throw', 'json'],
    peers: ['strict', 'lenient'],
    cache: [true, false],
};
/** The largest value of each limit. */
const LARGEST = {
    maxDepth: KERNEL_MAX_DEPTH,
    maxMessageBytes: 2 ** 30,
    maxNodes: 2 ** 30,
    maxBigIntBytes: 2 ** 24,
};
const OPTIONS = [
    ...Object.keys(CHOICES),
    ...Object.keys(LARGEST),
    'module',
    'payloadSerializers',
];
/** Throws TypeError unless the options of `createCodec`, or those of `loadCodec`, have known names. */
export function checkCodecOptions(where, options) {
    checkOptions(where, options, where === 'loadCodec' ? [...OPTIONS, 'wasm'] : OPTIONS);
}
/** A codec: what `createCodec` and `loadCodec` give. */
export class Codec {
    #edition;
    #receiver;
    #serializers;
    #payloads;
    constructor(edition, module, options) {
        this.#edition = edition;
        this.#receiver = new Receiver(kernelFor(edition, module), policyOf(options));
        this.#serializers = new Map();
        this.#payloads = new Map(customSerializers(options));
        registerTransfer(transferableOf);
        registerFormats(edition.formats);
    }
    /**
     * The serializer of an id; the same object for the same options. Throws RangeError for an unknown id and for values
     * that an option cannot have, TypeError for unknown options.
     */
    serializer(id, options = {}) {
        if (typeof id !== 'string')
            throw wrongArgument('serializer', 'the id of a serializer', id);
        checkOptions('serializer', options, SERIALIZER_OPTIONS);
        let key = id;
        for (const name of SERIALIZER_OPTIONS) {
            if (options[name] !== undefined)
                key += ` ${name} ${nameOf(options[name])}`;
        }
        let serializer = this.#serializers.get(key);
        if (serializer === undefined) {
            serializer = id.startsWith('json')
                ? new JsonSerializer(this.#receiver, id, this.#edition, options)
                : new Serializer(this.#receiver, id, this.#edition, options);
            this.#serializers.set(key, serializer);
        }
        return serializer;
    }
    payload(name) {
        if (typeof name !== 'string')
            throw wrongArgument('payload', 'the name of a payload serializer', name);
        let codec = this.#payloads.get(name);
        if (codec !== undefined)
            return codec;
        const format = this.#edition.formats.find((known) => known.name === name);
        if (format !== undefined)
            codec = new FormatCodec(format, this.#receiver.kernel, this.#receiver.policy);
        else if (name === 'opaque' || name === 'flatbuffers')
            codec = BYTES_CODEC;
        else
            throw new RangeError(`there is no payload serializer ${name}`);
        this.#payloads.set(name, codec);
        return codec;
    }
    /**
     * The value in an opaque payload, by its `enc_serializer` or `ppt_serializer`; without one by the format that the
     * message came in, or CBOR. Give the bytes when the payload of the message is encrypted and these are not. Null for a
     * message without an opaque payload. Throws ProtocolError, RangeError for an unknown serializer.
     */
    decodePayload(message, bytes) {
        if (!isObject(message) || !hasAppPayload(message)) {
            throw wrongArgument('decodePayload', 'a message with a payload', message);
        }
        if (bytes === undefined)
            bytes = message.payload;
        if (bytes === null)
            return null;
        const name = message.enc_serializer ?? message.ppt_serializer;
        if (name !== null && name !== 'transport')
            return this.payload(name).decode(bytes);
        const { bytes: frame, format } = message._payload ?? NO_PAYLOAD;
        return this.payload(frame === null ? 'cbor' : format.name).decode(bytes);
    }
    /**
     * One encoded value from one format to another, in one pass and number-exact. `onLoss: 'throw'` refuses what would
     * arrive as something else, for example a tag. Throws ProtocolError for malformed bytes, EncodeError for a value that
     * has no form in the target, RangeError for an unknown format.
     */
    transcode(bytes, way) {
        checkOptions('transcode', way, ['from', 'to', 'onLoss']);
        const { from, to, onLoss = 'report' } = way;
        checkOnLoss(onLoss);
        const { kernel, policy } = this.#receiver;
        return transcode(kernel, bytes, this.#format(from), this.#format(to), policy, onLoss);
    }
    /**
     * Every attribute and value of a message that a serializer cannot carry over as it is, and why. Tries it out, so it
     * costs several encodes.
     */
    lossReport(message, serializer) {
        checkSerializer('lossReport', serializer);
        return serializer._losses(message);
    }
    /**
     * A frame of one serializer as a frame of another. With `onLoss: 'throw'` an attribute or value that does not arrive
     * as it is, is an EncodeError UNENCODABLE; else it is left out as `encode` does it, and added to `losses` when that
     * is given. Throws ProtocolError for a bad frame and EncodeError for a value that has no form in the target.
     */
    transcodeMessage(frame, way) {
        checkOptions('transcodeMessage', way, ['from', 'to', 'onLoss', 'losses']);
        const { from, to, onLoss = 'report', losses } = way;
        checkSerializer('transcodeMessage: from', from);
        checkSerializer('transcodeMessage: to', to);
        if (losses !== undefined && !Array.isArray(losses)) {
            throw wrongArgument('transcodeMessage: losses', 'a list', losses);
        }
        checkOnLoss(onLoss);
        const messages = from.decodeAll(frame);
        if (onLoss === 'throw' || losses !== undefined) {
            for (const message of messages) {
                for (const loss of to._losses(message)) {
                    if (onLoss === 'throw')
                        throw lossError(loss, to.id);
                    losses?.push(loss);
                }
            }
        }
        return to.encodeAll(messages);
    }
    #format(name) {
        const format = this.#edition.formats.find((known) => known.name === name);
        if (format === undefined)
            throw new RangeError(`there is no payload format ${nameOf(name)}`);
        return format;
    }
    /**
     * Name, kind and bytes of every field of a frame, for people and tools; also of a broken frame, up to the error,
     * which is the last entry then.
     */
    trace(frame, serializer) {
        checkSerializer('trace', serializer);
        return traceFrame(this.#receiver, frame, serializer);
    }
    /**
     * The message code at the start of a frame, as in `MessageType`, in constant time; of a batch that of the first
     * message. 0 when there is none, or none that WAMP has. Nothing else is checked. Throws TypeError for what is no
     * frame.
     */
    peek(frame, id) {
        if (typeof id !== 'string')
            throw wrongArgument('peek', 'the id of a serializer', id);
        const { name, isBatched } = formatOf(id);
        const wire = this.#edition.wires.find((known) => known.name === name);
        if (wire === undefined)
            throw new RangeError(`there is no serializer ${id}`);
        // The length of the first message stands before it in binary batches.
        return typeOf(wire.peek(bytesOf(frame), isBatched && wire.isBinary ? LENGTH_BYTES : 0));
    }
    /** What this codec has done since it was made or reset; with `reset` the next ones begin at zero. */
    stats(options = {}) {
        checkOptions('stats', options, ['reset']);
        const { counters } = this.#receiver;
        const stats = counters.read();
        if (options.reset === true)
            counters.reset();
        return stats;
    }
    /** Lets the statistics start over by themselves, with a callback; null ends that. */
    setStatsAutoReset(options) {
        if (options !== null) {
            checkOptions('setStatsAutoReset', options, ['ratedMessages', 'milliseconds', 'callback']);
        }
        this.#receiver.counters.setAutoReset(options);
    }
    /** What it counts. Internal, for src/router. */
    get _counters() {
        return this.#receiver.counters;
    }
    /** The message of `message.toTransferable()`, also from another thread; its frame is not scanned again. */
    fromTransferable(transferred) {
        const { formats, wires } = this.#edition;
        const readers = wires.flatMap(({ reader }) => reader ?? []);
        return messageOf(transferred, this.#receiver, formats, readers);
    }
    /**
     * The number under which the kernel knows a URI: `message.topicRef` of an equal topic is the same; -1 for a URI that
     * is not valid or longer than 255 bytes. Up to 512 URIs keep their number for ever when they were given here.
     */
    internUri(uri) {
        if (typeof uri !== 'string')
            throw wrongArgument('internUri', 'a string', uri);
        return this.#receiver.kernel.internUri(uri, true);
    }
}
/** The kernel of a module, which must know the formats of the edition. Throws TypeError for that of another one. */
function kernelFor(edition, module) {
    if (Object.prototype.toString.call(module) !== '[object WebAssembly.Module]') {
        throw wrongArgument('module', 'a WebAssembly.Module', module);
    }
    const kernel = kernelOf(module);
    if (edition.wires.some(({ reader }) => reader !== null) && !kernel.isFull) {
        throw new TypeError('the module is the kernel of wamp-codec/core, which has not all formats of wamp-codec');
    }
    return kernel;
}
function checkOnLoss(onLoss) {
    if (onLoss === 'report' || onLoss === 'throw')
        return;
    throw new RangeError(`onLoss is report or throw, got ${nameOf(onLoss)}`);
}
function lossError({ path, reason }, format) {
    return new EncodeError('UNENCODABLE', `cannot encode ${path} to ${format}: ${reason}`, { format, path });
}
/** The payload serializers of the application. Throws TypeError for wrong names and what is no serializer. */
function customSerializers({ payloadSerializers = {} }) {
    if (!isObject(payloadSerializers))
        throw wrongArgument('payloadSerializers', 'an object', payloadSerializers);
    const entries = Object.entries(payloadSerializers);
    for (const [name, serializer] of entries) {
        if (!isCustomName(name))
            throw new TypeError(`payloadSerializers: ${name} is no custom name, as x_mine`);
        if (typeof serializer?.decode !== 'function' || typeof serializer.encode !== 'function') {
            throw new TypeError(`payloadSerializers: ${name} needs decode and encode`);
        }
    }
    return entries;
}
/** Defaults for what is not given. Throws RangeError for values out of range. */
function policyOf(options) {
    const policy = { ...DEFAULT_POLICY };
    for (const [name, value] of Object.entries(options)) {
        if (name === 'module' || name === 'payloadSerializers' || value === undefined)
            continue;
        const choices = CHOICES[name];
        const largest = LARGEST[name];
        if (choices !== undefined) {
            if (!choices.includes(value)) {
                throw new RangeError(`${name} is one of ${choices.join(', ')}, got ${nameOf(value)}`);
            }
        }
        else if (largest === undefined) {
            continue;
        }
        else if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > largest) {
            throw new RangeError(`${name} is an integer from 1 to ${largest}, got ${nameOf(value)}`);
        }
        policy[name] = value;
    }
    return policy;
}
