/**
 * The kernel's FlatBuffers tables, as text for assembly/generated/tables.ts: the slots of all messages and of the
 * tables that they point to. Called by build/kernel-tables.mjs.
 */
import { importTypeScript } from './import-typescript.mjs'

const { TABLES } = await importTypeScript('src/message/tables.ts')
const { FLAT_ENUMS, FLAT_NESTED } = await importTypeScript('src/message/flatbuffers-schema.ts')
const abi = await importTypeScript('src/kernel/abi.ts')

/** Required by the schema, but left out by the reference peer and the official vectors (DESIGN.md section 6). */
const NOT_ENFORCED = ['roles', 'realm', 'authid', 'authrole']

const NESTED = Object.keys(FLAT_NESTED)

/** Kernel type, inline bytes, and what belongs to the type: names of an enumeration, or the number of a table. */
function typeOf(type) {
  const element = type.startsWith('[') ? type.slice(1, -1) : null
  if (element !== null && FLAT_ENUMS[element]) return [abi.FLAT_ENUMS, 4, FLAT_ENUMS[element].length]
  if (element !== null && FLAT_NESTED[element]) return [abi.FLAT_TABLES, 4, NESTED.indexOf(element)]
  if (FLAT_ENUMS[type]) return [abi.FLAT_ENUM, 1, FLAT_ENUMS[type].length]
  if (FLAT_NESTED[type]) return [abi.FLAT_TABLE, 4, NESTED.indexOf(type)]
  const plain = {
    bool: [abi.FLAT_BOOL, 1],
    MessageType: [abi.FLAT_REQUEST_TYPE, 2],
    uint16: [abi.FLAT_U16, 2],
    uint32: [abi.FLAT_U32, 4],
    uint64: [abi.FLAT_U64, 8],
    string: [abi.FLAT_TEXT, 4],
    '[uint8]': [abi.FLAT_BYTES, 4],
    '[uint64]': [abi.FLAT_U64S, 4],
    '[string]': [abi.FLAT_TEXTS, 4],
  }[type]
  if (plain === undefined) throw new TypeError(`no kernel type for ${type}`)
  return [...plain, 0]
}

const PAYLOAD_FIELDS = { args: abi.FIELD_ARGS, kwargs: abi.FIELD_KWARGS, payload: abi.FIELD_PAYLOAD }

/** The field of the record or index that a slot fills, the place among the ids, and flags. */
function targetOf(table, { name, type, attribute, required }) {
  let flags = (required && !NOT_ENFORCED.includes(name)) || type === 'MessageType' ? abi.SLOT_REQUIRED : 0
  if (table === null || attribute === null) return [abi.FIELD_NONE, 0, flags]
  if (type === '[uint8]') return [PAYLOAD_FIELDS[name], 0, flags]
  const place = table.positions.findIndex(
    (position) => position.attribute === attribute && position.kind !== 'dict',
  )
  if (place >= 0) {
    const { kind } = table.positions[place]
    const ids = table.positions.filter((position) => position.kind === 'id')
    if (kind === 'uri' || kind === 'realm') flags |= abi.SLOT_URI
    return [abi.FIELD_POSITION + 1 + place, Math.max(0, ids.indexOf(table.positions[place])), flags]
  }
  const field = table.options.findIndex((option) => option.attribute === attribute)
  if (field < 0) throw new TypeError(`${table.name} has no attribute ${attribute}`)
  if (['uri', 'interruptMode'].includes(table.options[field].kind)) flags |= abi.SLOT_SEMANTIC
  return [field, 0, flags]
}

const rows = []
/** First slot and number of slots of each table, and how many there are up to the last that is required or an id. */
const place = (table, slots) => {
  const first = rows.length
  for (const slot of slots) rows.push([...typeOf(slot.type), ...targetOf(table, slot), 0, 0])
  const isNeeded = ([, , , field, , flags]) =>
    (flags & abi.SLOT_REQUIRED) !== 0 || field === abi.FIELD_POSITION + 1
  return [first, slots.length, rows.slice(first).findLastIndex(isNeeded) + 1, 0]
}
const forms = TABLES.flatMap((table) => place(table, table.flatbuffers.slots))
const nested = NESTED.flatMap((name) => place(null, FLAT_NESTED[name]))

const formOfCode = new Array(128).fill(0)
TABLES.forEach(({ flatbuffers }, form) => {
  formOfCode[flatbuffers.code] = form + 1
})

export const flatBuffersTables = `
/** FlatBuffers union byte (0..127) -> form + 1, 0 when unknown. */
export const FLAT_FORM_OF_CODE: usize = memory.data<u8>([${formOfCode.join(', ')}])
/** Eight bytes a slot: type, inline bytes, size of enumeration or number of table, field, place of id, flags, 0, 0. */
export const FLAT_SLOTS: usize = memory.data<u8>([${rows.flat().join(', ')}])
/** First slot, number of slots, number up to the last that is looked at when absent, 0: of forms and nested tables. */
export const FLAT_FORMS: usize = memory.data<u16>([${forms.join(', ')}])
export const FLAT_NESTED: usize = memory.data<u16>([${nested.join(', ')}])
`
