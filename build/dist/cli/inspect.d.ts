/** `wamp-codec inspect`: a frame field by field. Recorded sessions are in `inspect-session.ts`. */
import type { Codec } from '../codec.ts';
import { type Source } from './input.ts';
import type { Io } from './io.ts';
import type { SerializerName } from './serializers.ts';
/** Options of the command. */
export interface InspectOptions {
    readonly source: Source;
    /** Null: guess. */
    readonly serializer: SerializerName | null;
    /** Number of the one frame of a session to show. */
    readonly frame: string | undefined;
    readonly json: boolean;
}
/** Runs the command; gives the exit code. Throws UsageError and FrameError. */
export declare function inspect(codec: Codec, options: InspectOptions, io: Io): Promise<number>;
