/** `wamp-codec convert`: the same messages in another serializer. A broken frame writes nothing at all. */
import type { Codec } from '../codec.ts';
import type { FlatBuffersProfile } from '../serializer/flatbuffers/plan.ts';
import { type Source } from './input.ts';
import type { Io } from './io.ts';
import { type SerializerName } from './serializers.ts';
/** How the bytes of one frame are written. */
export type OutputForm = 'raw' | 'hex' | 'base64';
/** Options of the command. */
export interface ConvertOptions {
    readonly source: Source;
    /** Null: guess. */
    readonly from: SerializerName | null;
    readonly to: SerializerName;
    /** What FlatBuffers is written in. */
    readonly profile: FlatBuffersProfile;
    readonly outFile: string | undefined;
    /** Undefined: raw, or hex for binary bytes on a terminal. */
    readonly as: OutputForm | undefined;
    /** Write a session line. */
    readonly json: boolean;
}
/** Runs the command; gives the exit code. Throws UsageError and FrameError. */
export declare function convert(codec: Codec, options: ConvertOptions, io: Io): Promise<number>;
/**
 * A frame in another serializer. Throws FrameError for a broken frame and for values that `to` does not have;
 * UsageError for several messages where `to` has one in a frame.
 */
export declare function convertBytes(codec: Codec, bytes: Uint8Array, from: SerializerName, to: SerializerName, profile?: FlatBuffersProfile): Uint8Array;
