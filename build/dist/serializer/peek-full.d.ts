/** The message code of frames in the formats that only the whole package has; see peek.ts. */
import { type PeekCode } from './peek.ts';
/** UBJSON in both dialects: only one of the two byte orders gives a code that WAMP has. */
export declare const peekUbjson: PeekCode;
/** FlatBuffers: the union's code, a byte in the root table; 0 when an offset leads out of the frame. */
export declare const peekFlatbuffers: PeekCode;
