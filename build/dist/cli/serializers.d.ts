/** The serializers that the command knows, by format and by name. */
import type { Codec } from '../codec.ts';
import type { PayloadFormatName } from '../payload/format.ts';
import type { FlatBuffersProfile } from '../serializer/flatbuffers/plan.ts';
import type { BatchableFormat, SerializerId } from '../serializer/ids.ts';
import type { Serializer } from '../serializer/serializer.ts';
/** FlatBuffers with args and kwargs in some format, which nothing in the frame tells. */
export type FlatName = `flatbuffers+${PayloadFormatName}`;
/**
 * A serializer as the command names it: `ubjson-draft12` is the id `ubjson` in its other dialect, `flatbuffers+json`
 * the id `flatbuffers` with another format than CBOR in it.
 */
export type SerializerName = SerializerId | 'ubjson-draft12' | 'ubjson-draft12.batched' | FlatName;
/** A serializer with one message in a frame. */
export type SingleName = Exclude<SerializerName, `${string}.batched`>;
/** What `ubjson` means: the option `--ubjson-dialect`. */
export type UbjsonDialect = 'bjdata' | 'draft12';
/** What names leave open. */
export interface Meanings {
    readonly dialect: UbjsonDialect;
    /** The format of args and kwargs in `flatbuffers`: the option `--payload-serializer`. */
    readonly payload: PayloadFormatName;
}
/** What names mean without options. */
export declare const USUAL: Meanings;
/** Every list format that transports know, in the order in which tables show them. */
export declare const FORMAT_NAMES: readonly BatchableFormat[];
/** What a message is measured in. */
export declare const SIZE_NAMES: readonly (BatchableFormat | 'flatbuffers')[];
/** Every serializer, those with one message in a frame first: a guess prefers them. */
export declare const SERIALIZER_IDS: readonly SerializerId[];
/** `flatbuffers` with each format of args and kwargs; CBOR is what the plain name means. */
export declare const FLAT_NAMES: readonly FlatName[];
/** All names. */
export declare const SERIALIZER_NAMES: readonly SerializerName[];
/** The name that an option or a session line gives. Throws UsageError for any other text. */
export declare function serializerName(text: string, where: string, meanings: Meanings): SerializerName;
/** The name that says what `ubjson` and `flatbuffers` mean. */
export declare function inFull(name: SerializerName, { dialect, payload }: Meanings): SerializerName;
/** The value of `--ubjson-dialect`. Throws UsageError. */
export declare function dialectOf(text: string | undefined): UbjsonDialect;
/** The value of `--payload-serializer`. Throws UsageError. */
export declare function payloadOf(text: string | undefined): PayloadFormatName;
/** The value of `--profile`. Throws UsageError. */
export declare function profileOf(text: string | undefined): FlatBuffersProfile;
/** The serializer of a name, batched or not; `profile` is what FlatBuffers is written in. */
export declare function serializerOf(codec: Codec, name: SerializerName, profile?: FlatBuffersProfile): Serializer;
/** True for FlatBuffers with whatever args and kwargs. */
export declare function isFlat(name: SerializerName): name is 'flatbuffers' | FlatName;
/** The format of args and kwargs. */
export declare function flatPayload(name: 'flatbuffers' | FlatName): PayloadFormatName;
/** The name without `.batched`. */
export declare function singleOf(name: SerializerName): SingleName;
