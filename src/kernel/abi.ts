/**
 * The ABI: everything that AssemblyScript and TypeScript must agree about. Only integers and pointers cross the
 * boundary. build/kernel-tables.mjs makes assembly/generated/abi.ts of it, with the types of AssemblyScript.
 */

// Formats of a frame.
export const FORMAT_JSON = 1
export const FORMAT_MSGPACK = 2
export const FORMAT_CBOR = 3
export const FORMAT_UBJSON = 4 //         BJData: little-endian
export const FORMAT_UBJSON_DRAFT12 = 5 // big-endian
export const FORMAT_FLEXBUFFERS = 6 // of payloads only
export const FORMAT_FLATBUFFERS = 7

// Flags of a scan: acceptance options are arguments of each call, never state of the kernel.
export const SCAN_DEFERRED = 1 // check the head only; the payload is one unchecked tail
export const SCAN_TAGGED = 2 //   of a transcode: tags are kept, which is left to JavaScript
export const SCAN_DISSECT = 4 //    index every element, also the ones that the record holds already
export const SCAN_REST = 8 //    go on with the payload of the frame that was scanned last, with SCAN_DEFERRED
export const SCAN_NAMES = 16 //  of a check: the value is a kwargs, whose keys are text
export const SCAN_LENIENT = 32 // read what published clients send against the rules: docs/peers.md

// Status: 0, or the error code by its place in ERROR_CODES (src/errors.ts), counted from 1.
export const OK = 0
export const TRUNCATED = 1
export const TRAILING_BYTES = 2
export const BAD_UTF8 = 3
export const DEPTH_LIMIT = 4
export const LENGTH_OVERRUN = 5
export const SIZE_LIMIT = 6
export const NODE_LIMIT = 7
export const BAD_TOKEN = 8
export const BAD_NUMBER = 9
export const DUPLICATE_KEY = 10
export const KEY_TYPE = 11
export const BAD_OFFSET = 14
export const MISALIGNED = 15
export const MISSING_FIELD = 16
export const UNKNOWN_UNION = 17
export const BAD_MESSAGE = 18
export const PAYLOAD_RULE = 27
// Answers of a transcode that are no errors.
export const NO_ROOM = 64 // the output window is full: again with a larger one
export const FALLBACK = 65 // JavaScript has to do it
// Answer of any call: a range is not inside of its window, or a limit beyond what the kernel has room for. Nothing was
// written. Only a mistake of the façade can bring it about.
export const BAD_RANGE = 66

// Codes of EVENT_RECEIVED, the only message that has two.
export const EVENT_RECEIVED_CODE = 337
export const EVENT_RECEIVED_FLAT_CODE = 37 // in FlatBuffers, whose unions have one byte; older routers send it in lists

// The record: words of 32 bits from `record()`; two f64 ids follow at word RECORD_IDS.
export const RECORD_TYPE = 0 //          message code as it came
export const RECORD_MESSAGE = 1 //          place in TABLES, -1 while unknown
export const RECORD_FLAGS = 2
export const RECORD_FIELDS = 3 //        entries in the index
export const RECORD_REQUEST_TYPE = 4 //  of ERROR
export const RECORD_TEXT_REF = 5 //      interned URI, -1 otherwise
export const RECORD_TEXT_START = 6 //    whole value of the URI or text position, -1 for null
export const RECORD_TEXT_END = 7
export const RECORD_URI_CLASS = 8
export const RECORD_MODE = 9
export const RECORD_ARGS_START = 10 //   args, or the opaque payload, or the unchecked tail
export const RECORD_ARGS_END = 11
export const RECORD_KWARGS_START = 12
export const RECORD_KWARGS_END = 13
export const RECORD_ERROR_AT = 14 //     byte offset from the start of the frame
export const RECORD_ERROR_FIELD = 15 //  one of FIELD_*, a position, or an option's field number
export const RECORD_ERROR_WANT = 16
export const RECORD_ERROR_KIND = 17 //   what came instead: one of KIND_*
export const RECORD_COUNT = 18 //        elements of the list, -1 unless its head says how many; not read
export const RECORD_OUT_END = 19 //      end of a transcoded value, from the start of the input window
export const RECORD_IDS = 20
export const RECORD_OUT_ARGS_END = 24 // the same of args, when a frame is transcoded as it is scanned
export const RECORD_WIDE_TEXTS = 25 //   texts beyond ASCII, also where a refused frame has them
export const RECORD_WORDS = 26

// The index: entries of three words, field | kind << 8 | type << 16, start, end; byte offsets of the whole encoded
// value. The type is mostly 0; in a typed container of UBJSON it is the marker, which the value itself does not have.
export const INDEX_ENTRIES = 256
export const INDEX_ENTRY_WORDS = 3

// Flags of a record.
export const FLAG_CUSTOM = 1 //      Options has unknown keys
export const FLAG_SEMANTIC = 2 //    a value needs the façade's check (enumerations, roles, URIs in options)
export const FLAG_REQUEST = 8 //     the request id was read: an error can be answered
export const FLAG_LOST = 16 //       a transcode has left out a tag, or written null for what is undefined

// Payload modes.
export const MODE_NONE = 0
export const MODE_ARGS = 1
export const MODE_ENC = 2 //        one opaque byte string as the last element
export const MODE_PPT = 3 //        ppt_scheme is set and args is one byte string
export const MODE_UNCHECKED = 4

// Field numbers beyond the options: 0..31 options, 64.. positions of the list.
export const FIELD_POSITION = 64 // + index in the list; 64 is the message code
export const FIELD_ARGS = 80
export const FIELD_KWARGS = 81
export const FIELD_PAYLOAD = 82
export const FIELD_OPTIONS = 83
export const FIELD_KEY = 84 //      an unknown key of Options
export const FIELD_LIST = 85 //     the list itself
export const FIELD_NONE = 86

// Kinds of a value on the wire.
export const KIND_NULL = 1
export const KIND_FALSE = 2
export const KIND_TRUE = 3
export const KIND_UINT = 4 //    0..2^64-1
export const KIND_NINT = 5 //    -2^64..-1
export const KIND_BIGINT = 6 //  an integer beyond these
export const KIND_FLOAT = 7
export const KIND_TEXT = 8
export const KIND_BYTES = 9
export const KIND_ARRAY = 10
export const KIND_MAP = 11
export const KIND_OTHER = 12 //  tag, extension, simple value

// What an option or a position wants; build/kernel-tables.mjs derives it from the message tables.
export const WANT_ANY = 0
export const WANT_BOOL = 1
export const WANT_INT = 2
export const WANT_UINT = 3
export const WANT_ID = 4
export const WANT_TEXT = 5
export const WANT_TEXT_OR_NULL = 6
export const WANT_DICT = 7
export const WANT_DICT_OR_NULL = 8
export const WANT_INTS = 9
export const WANT_TEXTS = 10
export const WANT_HOPS = 11
export const WANT_REQUEST_TYPE = 12
export const WANT_URI = 13
export const WANT_REALM = 14 //        URI or null
export const WANT_OPTIONS = 15
export const WANT_OPTIONS_MAYBE = 16 // may be missing at the end of the list
export const WANT_LIST = 17
export const WANT_LENGTH = 18 //       another number of elements
export const WANT_TYPE = 19 //         a known message code
export const WANT_PAYLOAD = 20 //      a list, or a byte string as the last element
export const WANT_END = 21
export const WANT_ENUM = 22 //        a number that the schema's enumeration has
export const WANT_UNPREFIXED = 23 //  a buffer without its size before it
export const WANT_SEMANTIC = 64 //     flag beside one of the above: the façade checks the value
export const WANT_IDS = 128 //         flag beside WANT_INT and WANT_INTS: an id, a list of ids

// Classes of a URI, one bit for each pattern that it keeps.
export const URI_LOOSE = 1 //          no component is empty
export const URI_LOOSE_PREFIX = 2 //   the last one may be
export const URI_LOOSE_WILDCARD = 4 // any may be
export const URI_STRICT = 8
export const URI_STRICT_PREFIX = 16
export const URI_STRICT_WILDCARD = 32

// A URI's number: generation * URI_PLACES + place. A number that was given out once never means another URI.
export const URI_PLACES = 2048
// Its entry, by its place: bytes of one, and the places of what the façade looks at.
export const INTERNED_BYTES = 12
export const INTERNED_PATTERNS = 5 // one byte: bits URI_* of what it keeps
export const INTERNED_STATE = 6 //    one byte: INTERNED_SEEN and more
export const INTERNED_NUMBER = 8 //   four bytes
export const INTERNED_SEEN = 1 //     seen since the last sweep

// What a slot of a FlatBuffers table holds. build/flatbuffers-tables.mjs takes it from
// src/message/flatbuffers-layout.ts.
export const FLAT_BOOL = 1
export const FLAT_ENUM = 2 //          a byte; how many names the enumeration has is beside it
export const FLAT_REQUEST_TYPE = 3 //  two bytes, a WAMP code
export const FLAT_U16 = 4
export const FLAT_U32 = 5
export const FLAT_U64 = 6
export const FLAT_TEXT = 7
export const FLAT_BYTES = 8
export const FLAT_U64S = 9
export const FLAT_TEXTS = 10
export const FLAT_ENUMS = 11 //        vector of bytes
export const FLAT_TABLE = 12 //        which one is beside it
export const FLAT_TABLES = 13 //       vector of tables

// Flags of a slot.
export const SLOT_REQUIRED = 1
export const SLOT_SEMANTIC = 2 //      the façade checks the value
export const SLOT_URI = 4 //           the message's URI: interned and classified

// What `find` looks for.
export const FIND_SELF = 0
export const FIND_PATH = 1
export const FIND_END = 2

// A flag of `find`: no key comes twice.
export const FIND_FIRST = 8

// Steps of a path: three words, what, number, bytes of the step, and the text of a key after STEP_BYTES.
export const STEP_INDEX = 0 // element of an array
export const STEP_KEY = 1 //   the number is the length of the key
export const STEP_ENTRY = 2 // entry of a map, by its number
export const STEP_COUNT = 3 // none: FOUND_COUNT is how many there are
export const STEP_BYTES = 28

// The record of `find`; byte offsets from the start of the input window. RECORD_ERROR_AT is the same word as above.
export const FOUND_KIND = 0 //       one of KIND_*, 0 when there is no such element
export const FOUND_START = 1
export const FOUND_AFTER = 2 //      after the value; of a container after its head
export const FOUND_COUNT = 3 //      elements, entries or bytes; -1 when nothing tells
export const FOUND_TYPE = 4 //       as in the index, without the shift
export const FOUND_KEY_START = 5 //  the encoded key, when an entry was looked for by its number
export const FOUND_KEY_END = 6
export const FOUND_INDEX = 7 //      its number, and where the search for the next one may begin
export const FOUND_AT = 8
export const FOUND_ROWS = 9 //       1 for an array whose elements have no heads (UBJSON): nothing is found in it
