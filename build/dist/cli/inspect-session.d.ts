/** A recorded session: one line a frame, then what was in it altogether. */
import type { Codec } from '../codec.ts';
import type { SessionLine } from './input.ts';
import type { Io } from './io.ts';
import { type Meanings, type SerializerName, SIZE_NAMES } from './serializers.ts';
/** What a session holds altogether. */
export interface SessionSummary {
    readonly frames: number;
    readonly messages: number;
    /** Frames that could not be decoded. */
    readonly broken: number;
    /** Messages by type, most frequent first. */
    readonly types: Readonly<Record<string, number>>;
    /** Frames and bytes as they were recorded, by serializer. */
    readonly recorded: Readonly<Partial<Record<SerializerName, {
        frames: number;
        bytes: number;
    }>>>;
    /** Bytes of all decoded messages, written in each format; null when one of them cannot be. */
    readonly sizes: Readonly<Partial<Record<(typeof SIZE_NAMES)[number], number | null>>>;
}
/** Shows a session; gives the exit code. */
export declare function inspectSession(codec: Codec, lines: readonly SessionLine[], options: {
    readonly serializer: SerializerName | null;
    readonly json: boolean;
    readonly meanings: Meanings;
}, io: Io): number;
