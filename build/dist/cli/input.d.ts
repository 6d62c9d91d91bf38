import type { Io } from './io.ts';
import { type Meanings, type SerializerName } from './serializers.ts';
/** One line of a recorded session. */
export interface SessionLine {
    /** Number in the file, from 1. */
    readonly line: number;
    /** The line's own `n`, or `line` when it has none. */
    readonly n: number;
    /** Everything that stands in the line. */
    readonly record: Readonly<Record<string, unknown>>;
    /** Null when the line does not say. */
    readonly serializer: SerializerName | null;
    readonly bytes: Uint8Array;
}
/** A frame or a session. */
export type Input = {
    readonly kind: 'frame';
    readonly bytes: Uint8Array;
} | {
    readonly kind: 'session';
    readonly lines: readonly SessionLine[];
};
/** What the command line says about the source. */
export interface Source {
    readonly files: readonly string[];
    readonly hex: string | undefined;
    readonly base64: string | undefined;
    /** What names leave open, in the lines of a session too. */
    readonly meanings: Meanings;
}
/** Reads the one source that is given, or standard input. Throws UsageError. */
export declare function readInput(source: Source, io: Io): Promise<Input>;
/** The reason of a file system error, without call and path. */
export declare function reasonOf(error: unknown): string;
/** Finds out in which form bytes are. `isSession` says that the file's name has decided it. */
export declare function parseInput(bytes: Uint8Array, isSession: boolean, meanings?: Meanings): Input;
/** The lines of a recorded session; empty ones are left out. Throws UsageError naming the line. */
export declare function parseSession(text: string, meanings?: Meanings): SessionLine[];
/** Bytes of hex text. Throws UsageError for an odd number of digits and for anything but digits. */
export declare function parseHex(text: string, where: string): Uint8Array;
/** Bytes of base64 or base64url text. Throws UsageError for anything else. */
export declare function parseBase64(text: string, where: string): Uint8Array;
