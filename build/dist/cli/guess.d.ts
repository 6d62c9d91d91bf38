/**
 * Which serializer a frame is in: the one that reads a WAMP message out of it. A broken frame is judged by
 * its first byte, and by how many fields each serializer still finds.
 */
import type { Codec } from '../codec.ts';
import { type Meanings, type SerializerName } from './serializers.ts';
/** A guess and how good it is. */
export interface Guess {
    readonly serializer: SerializerName;
    /**
     * `sure`: only this one decodes it. `likely`: others too, or the bytes are those of a RawSocket stream as well.
     * `weak`: none does, it begins like this one.
     */
    readonly confidence: 'sure' | 'likely' | 'weak';
    readonly reason: string;
    /** Other serializers that are possible, best first. */
    readonly others: readonly SerializerName[];
}
/**
 * The most likely serializer of a frame, or null when its bytes say nothing. The dialect of UBJSON is never guessed: a
 * frame in the one reads as another message in the other.
 */
export declare function guessSerializer(codec: Codec, bytes: Uint8Array, meanings?: Meanings): Guess | null;
/** Why no serializer was guessed. */
export declare function noGuess(bytes: Uint8Array): string;
/** Serializers in which a frame may begin with these bytes. */
export declare function byFirstByte(bytes: Uint8Array): SerializerName[];
