/**
 * The ABI: everything that AssemblyScript and TypeScript must agree about. `src/kernel/abi.ts` is the same list for the
 * façade, and a test holds the two against each other. Only integers and pointers cross the boundary.
 */

// Formats of a frame.
export const FORMAT_JSON: i32 = 1
export const FORMAT_MSGPACK: i32 = 2
export const FORMAT_CBOR: i32 = 3
export const FORMAT_UBJSON: i32 = 4 //         BJData: little-endian
export const FORMAT_UBJSON_DRAFT12: i32 = 5 // big-endian
export const FORMAT_FLEXBUFFERS: i32 = 6 // of payloads only
export const FORMAT_FLATBUFFERS: i32 = 7

// Flags of a scan: acceptance options are arguments of each call, never state of the kernel.
export const SCAN_DEFERRED: i32 = 1 // check the head only; the payload is one unchecked tail
export const SCAN_TAGGED: i32 = 2 //   of a transcode: tags are kept, which is left to JavaScript
export const SCAN_TRACE: i32 = 4 //    index every element, also the ones that the record holds already
export const SCAN_REST: i32 = 8 //    go on with the payload of the frame that was scanned last, with SCAN_DEFERRED
export const SCAN_NAMES: i32 = 16 //  of a check: the value is a kwargs, whose keys are text
export const SCAN_LENIENT: i32 = 32 // read what published clients send against the rules: docs/peers.md

// Status: 0, or the error code by its place in ERROR_CODES (src/errors.ts), counted from 1.
export const OK: i32 = 0
export const TRUNCATED: i32 = 1
export const TRAILING_BYTES: i32 = 2
export const BAD_UTF8: i32 = 3
export const DEPTH_LIMIT: i32 = 4
export const LENGTH_OVERRUN: i32 = 5
export const SIZE_LIMIT: i32 = 6
export const NODE_LIMIT: i32 = 7
export const BAD_TOKEN: i32 = 8
export const BAD_NUMBER: i32 = 9
export const DUPLICATE_KEY: i32 = 10
export const KEY_TYPE: i32 = 11
export const BAD_OFFSET: i32 = 14
export const MISALIGNED: i32 = 15
export const MISSING_FIELD: i32 = 16
export const UNKNOWN_UNION: i32 = 17
export const BAD_MESSAGE: i32 = 18
export const PAYLOAD_RULE: i32 = 27
// Answers of a transcode that are no errors.
export const NO_ROOM: i32 = 64 // the output window is full: again with a larger one
export const RARE: i32 = 65 //    JavaScript has to do it
// Answer of any call: a range is not inside of its window, or a limit beyond what the kernel has room for. Nothing was
// written. Only a mistake of the façade can bring it about.
export const BAD_RANGE: i32 = 66

// The record: words of 32 bits from `record()`; two f64 ids follow at word RECORD_IDS.
export const RECORD_TYPE: i32 = 0 //          message code as it came
export const RECORD_FORM: i32 = 1 //          place in TABLES, -1 while unknown
export const RECORD_FLAGS: i32 = 2
export const RECORD_FIELDS: i32 = 3 //        entries in the index
export const RECORD_REQUEST_TYPE: i32 = 4 //  of ERROR
export const RECORD_TEXT_REF: i32 = 5 //      interned URI, -1 otherwise
export const RECORD_TEXT_START: i32 = 6 //    whole value of the URI or text position, -1 for null
export const RECORD_TEXT_END: i32 = 7
export const RECORD_URI_CLASS: i32 = 8
export const RECORD_MODE: i32 = 9
export const RECORD_ARGS_START: i32 = 10 //   args, or the opaque payload, or the unchecked tail
export const RECORD_ARGS_END: i32 = 11
export const RECORD_KWARGS_START: i32 = 12
export const RECORD_KWARGS_END: i32 = 13
export const RECORD_ERROR_AT: i32 = 14 //     byte offset from the start of the frame
export const RECORD_ERROR_FIELD: i32 = 15 //  one of FIELD_*, a position, or an option's field number
export const RECORD_ERROR_WANT: i32 = 16
export const RECORD_ERROR_KIND: i32 = 17 //   what came instead: one of KIND_*
export const RECORD_COUNT: i32 = 18 //        elements of the list, for errors about its length
export const RECORD_OUT_END: i32 = 19 //      end of a transcoded value, from the start of the input window
export const RECORD_IDS: i32 = 20
export const RECORD_OUT_ARGS_END: i32 = 24 // the same of args, when a frame is transcoded as it is scanned
export const RECORD_WIDE_TEXTS: i32 = 25 //   texts beyond ASCII, also where a refused frame has them
export const RECORD_WORDS: i32 = 26

// The index: entries of three words, field | kind << 8 | type << 16, start, end; byte offsets of the whole encoded
// value. The type is mostly 0; in a typed container of UBJSON it is the marker, which the value itself does not have.
export const INDEX_ENTRIES: i32 = 256
export const INDEX_ENTRY_WORDS: i32 = 3

// Flags of a record.
export const FLAG_CUSTOM: i32 = 1 //      Options has unknown keys
export const FLAG_SEMANTIC: i32 = 2 //    a value needs the façade's check (closed sets, roles, URIs in options)
export const FLAG_PLAIN_JSON: i32 = 4 //  JSON.parse reads the payload exactly
export const FLAG_REQUEST: i32 = 8 //     the request id was read: an error can be answered
export const FLAG_LOST: i32 = 16 //       a transcode has left out a tag, or written null for what is undefined

// Payload modes.
export const MODE_NONE: i32 = 0
export const MODE_ARGS: i32 = 1
export const MODE_ENC: i32 = 2 //        one opaque byte string as the last element
export const MODE_PPT: i32 = 3 //        ppt_scheme is set and args is one byte string
export const MODE_UNCHECKED: i32 = 4

// Field numbers beyond the options: 0..31 options, 64.. positions of the list.
export const FIELD_POSITION: i32 = 64 // + index in the list; 64 is the message code
export const FIELD_ARGS: i32 = 80
export const FIELD_KWARGS: i32 = 81
export const FIELD_PAYLOAD: i32 = 82
export const FIELD_OPTIONS: i32 = 83
export const FIELD_KEY: i32 = 84 //      an unknown key of Options
export const FIELD_LIST: i32 = 85 //     the list itself
export const FIELD_NONE: i32 = 86

// Kinds of a value on the wire.
export const KIND_NULL: i32 = 1
export const KIND_FALSE: i32 = 2
export const KIND_TRUE: i32 = 3
export const KIND_UINT: i32 = 4 //    0..2^64-1
export const KIND_NINT: i32 = 5 //    -2^64..-1
export const KIND_BIGINT: i32 = 6 //  an integer beyond these
export const KIND_FLOAT: i32 = 7
export const KIND_TEXT: i32 = 8
export const KIND_BYTES: i32 = 9
export const KIND_ARRAY: i32 = 10
export const KIND_MAP: i32 = 11
export const KIND_OTHER: i32 = 12 //  tag, extension, simple value

// What an option or a position wants; build/kernel-tables.mjs derives it from the message tables.
export const WANT_ANY: i32 = 0
export const WANT_BOOL: i32 = 1
export const WANT_INT: i32 = 2
export const WANT_UINT: i32 = 3
export const WANT_ID: i32 = 4
export const WANT_TEXT: i32 = 5
export const WANT_TEXT_OR_NULL: i32 = 6
export const WANT_DICT: i32 = 7
export const WANT_DICT_OR_NULL: i32 = 8
export const WANT_INTS: i32 = 9
export const WANT_TEXTS: i32 = 10
export const WANT_HOPS: i32 = 11
export const WANT_REQUEST_TYPE: i32 = 12
export const WANT_URI: i32 = 13
export const WANT_REALM: i32 = 14 //        URI or null
export const WANT_OPTIONS: i32 = 15
export const WANT_OPTIONS_MAYBE: i32 = 16 // may be missing at the end of the list
export const WANT_LIST: i32 = 17
export const WANT_LENGTH: i32 = 18 //       another number of elements
export const WANT_TYPE: i32 = 19 //         a known message code
export const WANT_PAYLOAD: i32 = 20 //      a list, or a byte string as the last element
export const WANT_END: i32 = 21
export const WANT_ENUM: i32 = 22 //        a number that the schema's enumeration has
export const WANT_UNPREFIXED: i32 = 23 //  a buffer without its size before it
export const WANT_SEMANTIC: i32 = 64 //     flag beside one of the above: the façade checks the value
export const WANT_IDS: i32 = 128 //         flag beside WANT_INT and WANT_INTS: an id, a list of ids

// Classes of a URI, one bit for each pattern that it keeps.
export const URI_LOOSE: i32 = 1 //          no component is empty
export const URI_LOOSE_PREFIX: i32 = 2 //   the last one may be
export const URI_LOOSE_WILDCARD: i32 = 4 // any may be
export const URI_STRICT: i32 = 8
export const URI_STRICT_PREFIX: i32 = 16
export const URI_STRICT_WILDCARD: i32 = 32

// A URI's number: generation * URI_PLACES + place. A number that was given out once never means another URI.
export const URI_PLACES: i32 = 2048
// Its entry, by its place: bytes of one, and the places of what the façade looks at.
export const INTERNED_BYTES: i32 = 12
export const INTERNED_PATTERNS: i32 = 5 // one byte: bits URI_* of what it keeps
export const INTERNED_STATE: i32 = 6 //    one byte: INTERNED_SEEN and more
export const INTERNED_NUMBER: i32 = 8 //   four bytes
export const INTERNED_SEEN: i32 = 1 //     seen since the last sweep

// What a slot of a FlatBuffers table holds. build/kernel-tables.mjs derives it from src/message/flatbuffers-tables.ts.
export const FLAT_BOOL: i32 = 1
export const FLAT_ENUM: i32 = 2 //          a byte; how many names the enumeration has is beside it
export const FLAT_REQUEST_TYPE: i32 = 3 //  two bytes, a WAMP code
export const FLAT_U16: i32 = 4
export const FLAT_U32: i32 = 5
export const FLAT_U64: i32 = 6
export const FLAT_TEXT: i32 = 7
export const FLAT_BYTES: i32 = 8
export const FLAT_U64S: i32 = 9
export const FLAT_TEXTS: i32 = 10
export const FLAT_ENUMS: i32 = 11 //        vector of bytes
export const FLAT_TABLE: i32 = 12 //        which one is beside it
export const FLAT_TABLES: i32 = 13 //       vector of tables

// Flags of a slot.
export const SLOT_REQUIRED: i32 = 1
export const SLOT_SEMANTIC: i32 = 2 //      the façade checks the value
export const SLOT_URI: i32 = 4 //           the message's URI: interned and classified

// A tape: words of 32 bits, value << 4 | one of these. Doubles, texts and the like lie in pools, in the tape's order.
export const TAPE_NULL: i32 = 0
export const TAPE_FALSE: i32 = 1
export const TAPE_TRUE: i32 = 2
export const TAPE_INT: i32 = 3 //         the value, signed
export const TAPE_DOUBLE: i32 = 4 //      the next double
export const TAPE_INTEGER: i32 = 5 //     beyond 2^53: 64 bits where the next double is; the value is 1 for -1 - these
export const TAPE_TEXT: i32 = 6 //        so many characters of the pool with one byte for each
export const TAPE_WIDE: i32 = 7 //        so many units of the pool with two
export const TAPE_TEXT_PART: i32 = 8 //   the texts that follow are in the next so many bytes of their pool
export const TAPE_WIDE_PART: i32 = 9 //   the same for the other pool
export const TAPE_BYTES: i32 = 10 //      length; one more word: offset from the start of the value
export const TAPE_ARRAY: i32 = 11 //      elements
export const TAPE_INTS: i32 = 12 //       elements, the words that follow
export const TAPE_DOUBLES: i32 = 13 //    elements, the next doubles
export const TAPE_MAP: i32 = 14 //        shape; the values follow
export const TAPE_MAP_MORE: i32 = 15 //   shape; its values, a word with the number of other pairs, and these:
//                                 keys are texts, or in TAPE_INT the shapes that have this key alone

// What a call of `tape` says about its result, in words from `tapeRecord()`; addresses count from 0.
export const TAPE_AT: i32 = 0
export const TAPE_DOUBLES_END: i32 = 1 // the first double ends here, the next one before it
export const TAPE_TEXT_AT: i32 = 2
export const TAPE_WIDE_AT: i32 = 3
export const TAPE_ROUND: i32 = 4 //       changes when all shapes were forgotten
export const TAPE_RECORD_WORDS: i32 = 8

// A shape is a path of keys: eight words each from `tapeShapes()`. Keys of more than 8 bytes stand elsewhere.
export const SHAPE_KEY: i32 = 0 //        the key when it has up to 8 bytes
export const SHAPE_LENGTH: i32 = 2
export const SHAPE_TEXT: i32 = 3 //       its address when it is longer
export const SHAPE_PARENT: i32 = 4 //     the shape without the last key; 0 is the one without keys
export const SHAPE_SIZE: i32 = 5 //       keys
export const SHAPE_LIKELY: i32 = 6 //     what came after it last
export const SHAPE_WORDS: i32 = 8

// What `find` looks for.
export const FIND_SELF: i32 = 0
export const FIND_PATH: i32 = 1
export const FIND_END: i32 = 2

// A flag of `find`: no key comes twice.
export const FIND_FIRST: i32 = 8

// Steps of a path: three words, what, number, bytes of the step, and the text of a key after STEP_BYTES.
export const STEP_INDEX: i32 = 0 // element of an array
export const STEP_KEY: i32 = 1 //   the number is the length of the key
export const STEP_ENTRY: i32 = 2 // entry of a map, by its number
export const STEP_COUNT: i32 = 3 // none: FOUND_COUNT is how many there are
export const STEP_BYTES: i32 = 28

// The record of `find`; byte offsets from the start of the input window. RECORD_ERROR_AT is the same word as above.
export const FOUND_KIND: i32 = 0 //       one of KIND_*, 0 when there is no such element
export const FOUND_START: i32 = 1
export const FOUND_AFTER: i32 = 2 //      after the value; of a container after its head
export const FOUND_COUNT: i32 = 3 //      elements, entries or bytes; -1 when nothing tells
export const FOUND_TYPE: i32 = 4 //       as in the index, without the shift
export const FOUND_KEY_START: i32 = 5 //  the encoded key, when an entry was looked for by its number
export const FOUND_KEY_END: i32 = 6
export const FOUND_INDEX: i32 = 7 //      its number, and where the search for the next one may begin
export const FOUND_AT: i32 = 8
export const FOUND_ROWS: i32 = 9 //       1 for an array whose elements have no heads (UBJSON): nothing is found in it
