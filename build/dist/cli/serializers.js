import { FORMATS } from "../payload/formats-full.js";
import { UsageError } from "./failure.js";
/** What names mean without options. */
export const USUAL = { dialect: 'bjdata', payload: 'cbor' };
/** Every list format that transports know, in the order in which tables show them. */
export const FORMAT_NAMES = ['json', 'msgpack', 'cbor', 'ubjson'];
/** What a message is measured in. */
export const SIZE_NAMES = [...FORMAT_NAMES, 'flatbuffers'];
/** Every serializer, those with one message in a frame first: a guess prefers them. */
export const SERIALIZER_IDS = [
    ...FORMAT_NAMES,
    'flatbuffers',
    ...FORMAT_NAMES.map((name) => `${name}.batched`),
];
/** `flatbuffers` with each format of args and kwargs; CBOR is what the plain name means. */
export const FLAT_NAMES = Object.keys(FORMATS)
    .filter((name) => name !== 'cbor')
    .map((name) => `flatbuffers+${name}`);
/** All names. */
export const SERIALIZER_NAMES = [
    ...SERIALIZER_IDS,
    'ubjson-draft12',
    'ubjson-draft12.batched',
    ...FLAT_NAMES,
];
/** The name that an option or a session line gives. Throws UsageError for any other text. */
export function serializerName(text, where, meanings) {
    const name = SERIALIZER_NAMES.find((known) => known === text);
    if (name !== undefined)
        return inFull(name, meanings);
    throw new UsageError(`${where}: there is no serializer ${JSON.stringify(text)}, only ${SERIALIZER_NAMES.join(', ')}`);
}
/** The name that says what `ubjson` and `flatbuffers` mean. */
export function inFull(name, { dialect, payload }) {
    if (name === 'flatbuffers' && payload !== 'cbor')
        return inFull(`flatbuffers+${payload}`, { dialect, payload });
    if (dialect === 'bjdata')
        return name;
    if (name === 'flatbuffers+ubjson')
        return 'flatbuffers+ubjson-draft12';
    if (name === 'ubjson')
        return 'ubjson-draft12';
    return name === 'ubjson.batched' ? 'ubjson-draft12.batched' : name;
}
/** The value of `--ubjson-dialect`. Throws UsageError. */
export function dialectOf(text) {
    if (text === undefined || text === 'bjdata')
        return 'bjdata';
    if (text === 'draft12')
        return text;
    throw new UsageError(`--ubjson-dialect is bjdata or draft12, not ${JSON.stringify(text)}`);
}
/** The value of `--payload-serializer`. Throws UsageError. */
export function payloadOf(text) {
    if (text === undefined)
        return 'cbor';
    const names = Object.keys(FORMATS);
    const name = names.find((known) => known === text);
    if (name !== undefined)
        return name;
    throw new UsageError(`--payload-serializer is one of ${names.join(', ')}, not ${JSON.stringify(text)}`);
}
/** The value of `--profile`. Throws UsageError. */
export function profileOf(text) {
    if (text === undefined || text === 'schema')
        return 'schema';
    if (text === 'autobahn')
        return text;
    throw new UsageError(`--profile is schema or autobahn, not ${JSON.stringify(text)}`);
}
/** The serializer of a name, batched or not; `profile` is what FlatBuffers is written in. */
export function serializerOf(codec, name, profile = 'schema') {
    if (isFlat(name)) {
        const payloadSerializer = flatPayload(name);
        return codec.serializer('flatbuffers', { payloadSerializer, profile });
    }
    if (name === 'ubjson-draft12')
        return codec.serializer('ubjson', { ubjsonDialect: 'draft12' });
    if (name === 'ubjson-draft12.batched')
        return codec.serializer('ubjson.batched', { ubjsonDialect: 'draft12' });
    return codec.serializer(name);
}
/** True for FlatBuffers with whatever args and kwargs. */
export function isFlat(name) {
    return name.startsWith('flatbuffers');
}
/** The format of args and kwargs. */
export function flatPayload(name) {
    return name === 'flatbuffers' ? 'cbor' : name.slice('flatbuffers+'.length);
}
/** The name without `.batched`. */
export function singleOf(name) {
    return name.replace('.batched', '');
}
