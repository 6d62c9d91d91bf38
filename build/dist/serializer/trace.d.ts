import type { Receiver } from '../message/receive.ts';
import { type Frame } from './frame.ts';
import type { Serializer } from './serializer.ts';
/** One field: byte offsets from the start of the frame. */
export interface FieldSpan {
    /** Attribute, `options`, a custom key's entry, or `error`. */
    readonly name: string;
    /** What stands there: `text`, `integer`, `array` ..., or the error's text. */
    readonly kind: string;
    readonly start: number;
    readonly end: number;
}
/** Scans a frame and tells what it found, up to the first error. */
export declare function traceFrame(receiver: Receiver, frame: Frame, serializer: Serializer): FieldSpan[];
