import { type Frame } from './frame.ts';
/** The byte at an index of a frame; -1 beyond its end. */
export type ByteAt = (index: number) => number;
/** The code in a frame whose first byte is at `start`; anything else for none. */
export type PeekCode = (byteAt: ByteAt, start: number) => number;
/** White space, tags and no-ops before the code may be so many, no more: then there is none. */
export declare const MOST_SKIPPED = 64;
/** The code as MessageType has it; 0 for what is none. */
export declare function typeOf(code: number): number;
/** The bytes of a frame, wherever they are. Throws TypeError for what is no frame. */
export declare function bytesOf(frame: Frame): ByteAt;
/** The big-endian number in so many bytes; NaN beyond the end. */
export declare function numberAt(byteAt: ByteAt, start: number, count: number): number;
export declare const peekJson: PeekCode;
export declare const peekMsgpack: PeekCode;
export declare const peekCbor: PeekCode;
