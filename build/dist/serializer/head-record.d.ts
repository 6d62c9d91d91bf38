import type { Kernel } from '../kernel/kernel.ts';
/** What holds a head record. */
export type HeadRecord = Int32Array | Float64Array;
/** The message code, as in `MessageType`. */
export declare const HEAD_TYPE = 0;
/** ERROR: the code of the request that failed; 0 otherwise. */
export declare const HEAD_REQUEST_TYPE = 1;
/** The number of the interned URI, as in `message.topicRef` and `codec.internUri`; -1 without one. */
export declare const HEAD_URI_REF = 2;
/** The rules that the URI keeps, a bit each: HEAD_URI_LOOSE and HEAD_URI_STRICT; 0 without one. */
export declare const HEAD_URI_CLASS = 3;
/** What else there is: HEAD_HAS_... */
export declare const HEAD_FLAGS = 4;
/** What the payload is: HEAD_PAYLOAD_... */
export declare const HEAD_PAYLOAD = 5;
/**
 * The first id of the list (mostly the request, for EVENT the subscription), and the second one. In an Int32Array the
 * low 32 bits and the rest, which `headId` puts together; in a Float64Array the whole id and 0. 0 for none.
 */
export declare const HEAD_FIRST_ID = 6;
export declare const HEAD_SECOND_ID = 8;
/** The encoded URI (or reason, or signature); -1 and -1 for none. */
export declare const HEAD_URI_START = 10;
export declare const HEAD_URI_END = 11;
/** The encoded args, or opaque payload; start equals end for none. Unchecked: the rest of the list. */
export declare const HEAD_ARGS_START = 12;
export declare const HEAD_ARGS_END = 13;
/** The encoded kwargs; start equals end for none. */
export declare const HEAD_KWARGS_START = 14;
export declare const HEAD_KWARGS_END = 15;
/** Numbers in a record. */
export declare const HEAD_RECORD_WORDS = 16;
/** In HEAD_URI_CLASS: the URI keeps the loose rules, or the strict ones too. */
export declare const HEAD_URI_LOOSE: number;
export declare const HEAD_URI_STRICT: number;
/** In HEAD_FLAGS: Options or Details have keys that WAMP does not define. */
export declare const HEAD_HAS_CUSTOM: number;
/** In HEAD_FLAGS: there are values or attributes that only `decode` checks, such as closed sets of words. */
export declare const HEAD_HAS_MORE: number;
/** In HEAD_FLAGS: Options or Details are not empty. */
export declare const HEAD_HAS_OPTIONS: number;
/** In HEAD_PAYLOAD. Unchecked: lists of args, whose end is not known without a look at all of it. */
export declare const HEAD_PAYLOAD_NONE: number;
export declare const HEAD_PAYLOAD_ARGS: number;
export declare const HEAD_PAYLOAD_ENC: number;
export declare const HEAD_PAYLOAD_PPT: number;
export declare const HEAD_PAYLOAD_UNCHECKED: number;
/** Throws TypeError for what cannot be a head record; `where` names the argument. */
export declare function checkHeadRecord(where: string, record: unknown): void;
/** The id at HEAD_FIRST_ID or HEAD_SECOND_ID, 0 to 2^53. */
export declare function headId(record: HeadRecord, place: number): number;
/** Copies what the kernel has found, `base` bytes from the start of the frame. Returns the message code. */
export declare function fillHeadRecord(kernel: Kernel, out: HeadRecord, base: number): number;
