/**
 * Generates assembly/generated/tables.ts, the kernel's key tables, from the message tables of the façade, so that
 * both sides cannot disagree about a key; and assembly/generated/abi.ts from src/kernel/abi.ts. Called by
 * build/build.mjs before the compiler.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { abiText } from './abi-text.mjs'
import { flatBuffersTables } from './flatbuffers-tables.mjs'
import { importTypeScript } from './import-typescript.mjs'

const { placeOf, TABLES } = await importTypeScript('src/message/tables.ts')
const { checkTables, MAX_OPTIONS, MAX_POSITIONS } = await importTypeScript('src/message/table-checks.ts')
const { CHECKED_MESSAGES } = await importTypeScript('src/message/rules.ts')
const { ID_OPTIONS, PPT_SCHEME, REQUEST_TYPES } = await importTypeScript('src/message/table.ts')
const { ENUMERATIONS } = await importTypeScript('src/message/tables/enumerations.ts')
const abi = await importTypeScript('src/kernel/abi.ts')

checkTables(TABLES)

/** What the kernel checks by itself for a kind; the rest is the façade's (WANT_SEMANTIC). */
const WANT_OF_KIND = {
  id: abi.WANT_ID,
  int: abi.WANT_INT,
  uint: abi.WANT_UINT,
  count: abi.WANT_UINT | abi.WANT_SEMANTIC,
  bool: abi.WANT_BOOL,
  text: abi.WANT_TEXT,
  textOrNull: abi.WANT_TEXT_OR_NULL,
  uri: abi.WANT_TEXT | abi.WANT_SEMANTIC,
  dict: abi.WANT_DICT,
  dictOrNull: abi.WANT_DICT_OR_NULL,
  ints: abi.WANT_INTS,
  texts: abi.WANT_TEXTS,
  hops: abi.WANT_HOPS,
  clientRoles: abi.WANT_DICT | abi.WANT_SEMANTIC,
  routerRoles: abi.WANT_DICT | abi.WANT_SEMANTIC,
  ...Object.fromEntries(Object.keys(ENUMERATIONS).map((kind) => [kind, abi.WANT_TEXT | abi.WANT_SEMANTIC])),
  encAlgo: abi.WANT_ANY, // only an opaque payload gives them a meaning, and then the façade checks them
  encKey: abi.WANT_ANY,
  encSerializer: abi.WANT_ANY,
}

const WANT_OF_POSITION = {
  id: abi.WANT_ID,
  requestType: abi.WANT_REQUEST_TYPE,
  uri: abi.WANT_URI,
  realm: abi.WANT_REALM,
  text: abi.WANT_TEXT,
  dict: abi.WANT_DICT,
  options: abi.WANT_OPTIONS,
  'options?': abi.WANT_OPTIONS_MAYBE,
}

const PAYLOADS = ['none', 'args', 'any']

const keys = [
  ...new Set(TABLES.flatMap(({ options }) => options.flatMap(({ key, attribute }) => [key, attribute]))),
]

/** The kernel's hash of a key (assembly/keys.ts has the same): length and four bytes of it. Collisions probe on. */
const hash = (key) => {
  const at = (i) => key.charCodeAt(Math.min(i, key.length - 1))
  return (key.length * 37 + at(0) * 5 + at(5) * 67 + at(6) * 131 + at(key.length - 1) * 29) & 255
}

const slots = new Array(256).fill(0)
keys.forEach((key, id) => {
  let slot = hash(key)
  while (slots[slot] !== 0) slot = (slot + 1) & 255
  slots[slot] = id + 1
})

const fields = TABLES.flatMap(({ options }) =>
  keys.map((key) => 1 + options.findIndex((option) => option.key === key || option.attribute === key)),
)
const wantOf = ({ key, kind }) => WANT_OF_KIND[kind] | (ID_OPTIONS.includes(key) ? abi.WANT_IDS : 0)
const wants = TABLES.flatMap(({ options }) =>
  Array.from({ length: MAX_OPTIONS }, (_, field) => (field < options.length ? wantOf(options[field]) : 0)),
)
const messages = TABLES.flatMap(({ name, positions, payload }) => [
  positions.length,
  PAYLOADS.indexOf(payload),
  CHECKED_MESSAGES.includes(name) ? 1 : 0,
  0,
  ...Array.from({ length: MAX_POSITIONS }, (_, i) =>
    i < positions.length ? WANT_OF_POSITION[positions[i].kind] : 0,
  ),
])
const messageOfCode = new Array(128).fill(0)
// EVENT_RECEIVED by its code of FlatBuffers, which older routers send in lists too.
TABLES.forEach((table, messageIndex) => {
  if (placeOf(table) < 128) messageOfCode[placeOf(table)] = messageIndex + 1
})
const eventReceived = TABLES.findIndex(({ code }) => code === abi.EVENT_RECEIVED_CODE)

/**
 * Values that need no more than a look at one row, for the skip loops: bytes of the whole value | mask << 16, the mask
 * having a bit for each of the up to 16 bytes that must be ASCII; 0 for all that take the longer way.
 */
const short = (bytes, mask = 0) => (bytes | (mask << 16)) >>> 0
const shortText = (length) => (length <= 16 ? short(1 + length, 2 ** length - 1) : 0)

const cborShort = Array.from({ length: 256 }, (_, first) => {
  const [major, information] = [first >> 5, first & 31]
  const argument = information < 24 ? 0 : information < 28 ? 1 << (information - 24) : -1
  if (major < 2) return argument < 0 ? 0 : short(1 + argument)
  if (major === 2) return information < 24 ? short(1 + information) : 0
  if (major === 3) return information < 24 ? shortText(information) : 0
  if (major < 7) return 0
  if (information >= 20 && information < 24) return short(1)
  return information > 24 && argument > 0 ? short(1 + argument) : 0
})

const msgpackShort = Array.from({ length: 256 }, (_, first) => {
  if (first < 0x80 || first >= 0xe0) return short(1)
  if (first < 0xa0) return 0
  if (first < 0xc0) return shortText(first & 31)
  if (first === 0xc0 || first === 0xc2 || first === 0xc3) return short(1)
  if (first === 0xca || first === 0xcb) return short(1 + (4 << (first - 0xca)))
  return first >= 0xcc && first < 0xd4 ? short(1 + (1 << (first & 3))) : 0
})

/**
 * Markers of UBJSON, in BJData and in draft 12: bytes of the value with its marker in the low four bits (0: no fixed
 * number), then 16 an integer that may be a length, 32 signed, 64 ASCII, 128 may be the type of a container.
 */
const markerBits = (marker, isDraft12) => {
  const [length, signed, ascii, type] = [16, 32, 64, 128]
  const integers = { i: 2 | signed, U: 2, I: 3 | signed, l: 5 | signed, L: 9 | signed }
  const more = isDraft12 ? {} : { u: 3, m: 5, M: 9 }
  const width = { ...integers, ...more }[marker]
  if (width !== undefined) return width | length | type
  if ('ZTF'.includes(marker)) return 1 | (isDraft12 ? type : 0)
  if (marker === 'd') return 5 | type
  if (marker === 'D') return 9 | type
  if (marker === 'C') return 2 | ascii | type
  if (isDraft12) return 'SH'.includes(marker) ? type : 0
  return marker === 'B' ? 2 | type : marker === 'h' ? 3 | type : 0
}
const ubjsonMarkers = [false, true].flatMap((isDraft12) =>
  Array.from({ length: 256 }, (_, code) => markerBits(String.fromCharCode(code), isDraft12)),
)

const bytes = (values) => `memory.data<u8>([${values.join(', ')}])`
const text = keys.join('')
const offsets = keys.map((_, id) => keys.slice(0, id).join('').length)

mkdirSync('assembly/generated', { recursive: true })
writeFileSync('assembly/generated/abi.ts', abiText(readFileSync('src/kernel/abi.ts', 'utf8')))
writeFileSync(
  'assembly/generated/tables.ts',
  `// Generated by build/kernel-tables.mjs from src/message/tables.ts; not committed.

/** Message code (0..127) -> index of the message + 1, 0 when unknown. EVENT_RECEIVED has a larger one in lists, too. */
export const MESSAGE_OF_CODE: usize = ${bytes(messageOfCode)}
export const MESSAGE_EVENT_RECEIVED: i32 = ${eventReceived}
/**
 * Eight bytes a message: number of positions, payload (0 none, 1 args, 2 any), has rules, 0, what each position wants.
 */
export const MESSAGES: usize = ${bytes(messages)}
export const MESSAGE_BYTES: i32 = ${4 + MAX_POSITIONS}
/** Codes that ERROR may answer, a bit for each of 0..127. */
export const REQUEST_TYPES_LOW: u64 = ${REQUEST_TYPES.filter((c) => c < 64).reduce((m, c) => m | (1n << BigInt(c)), 0n)}
export const REQUEST_TYPES_HIGH: u64 = ${REQUEST_TYPES.filter((c) => c >= 64).reduce((m, c) => m | (1n << BigInt(c - 64)), 0n)}
/** Known keys, hashed with linear probing: slot -> key id + 1; key id -> offset (two bytes) and length in KEY_TEXT. */
export const KEY_SLOTS: usize = ${bytes(slots)}
export const KEY_TEXT: usize = ${bytes([...Buffer.from(text)])}
export const KEY_OFFSETS: usize = memory.data<u16>([${offsets.join(', ')}])
export const KEY_LENGTHS: usize = ${bytes(keys.map((key) => key.length))}
export const KEY_COUNT: i32 = ${keys.length}
export const KEY_MAX: i32 = ${Math.max(...keys.map((key) => key.length))}
/** [message index][key id] -> field + 1, 0 when the message does not have the key. */
export const FIELD_OF_KEY: usize = ${bytes(fields)}
/** [message index][field] -> what the option wants. */
export const WANT_OF_FIELD: usize = ${bytes(wants)}
/** First byte -> a short value: its bytes | what must be ASCII << 16; 0 when it is not that simple. */
export const CBOR_SHORT: usize = memory.data<u32>([${cborShort.join(', ')}])
export const MSGPACK_SHORT: usize = memory.data<u32>([${msgpackShort.join(', ')}])
/** Marker -> its bits in BJData (256 bytes), then in draft 12: formats/ubjson-parts.ts names them. */
export const UBJSON_MARKERS: usize = ${bytes(ubjsonMarkers)}
/** The field number of ppt_scheme, the same in every message that has it. */
export const FIELD_PPT_SCHEME: i32 = ${PPT_SCHEME}
${flatBuffersTables}`,
)
