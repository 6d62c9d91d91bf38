/**
 * schema/*.fbs as flatc compiles them: the compiled schema as data, read here with the npm runtime, and the generated
 * readers. Both are made in a temporary folder, for each test file anew.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ByteBuffer } from 'flatbuffers'

/** A slot as test/support/flatbuffers-oracle.ts and src/message/flatbuffers-schema.ts have it. */
export interface CompiledSlot {
  readonly slot: number
  readonly name: string
  /** As it stands in the schema: `uint64`, `[string]`, or the name of a table, enumeration or union. */
  readonly type: string
  readonly required: boolean
  readonly default: number | boolean | null
}

/** A compiled schema, without namespaces. */
export interface CompiledSchema {
  readonly root: string
  readonly tables: Readonly<Record<string, readonly CompiledSlot[]>>
  readonly enums: Readonly<
    Record<string, { readonly base: string; readonly values: Readonly<Record<string, number>> }>
  >
  readonly unions: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Tables and enumerations without a comment. */
  readonly undocumented: readonly string[]
}

/** One object of generated code, whose methods are named after the slots. */
export type Generated = Readonly<Record<string, (...args: unknown[]) => unknown>>

/** The module of generated code: classes, enumerations, functions. */
export type GeneratedModule = Readonly<Record<string, unknown>>

/** Compiles the schema and generates the readers. */
export async function compileSchema(): Promise<{ schema: CompiledSchema; generated: GeneratedModule }> {
  const root = resolve(import.meta.dirname, '../..')
  const folder = mkdtempSync(join(tmpdir(), 'wamp-codec-flatc-'))
  try {
    execFileSync(process.execPath, ['build/flatc.mjs', folder], { cwd: root, stdio: 'pipe' })
    const schema = schemaOf(readFileSync(join(folder, 'wamp.bfbs')))
    const generated = (await import(pathToFileURL(join(folder, 'readers.mjs')).href)) as GeneratedModule
    return { schema, generated }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Names of reflection's BaseType, by number. */
const TYPES = [
  'none',
  'utype',
  'bool',
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'float32',
  'float64',
  'string',
  'vector',
  'table',
  'union',
]

/** A table of a compiled schema, by FlatBuffers' own reflection.fbs; slots are numbered from 0. */
class Table {
  declare readonly buffer: ByteBuffer
  declare readonly at: number

  constructor(buffer: ByteBuffer, at: number) {
    this.buffer = buffer
    this.at = at
  }

  private place(slot: number): number {
    const offset = this.buffer.__offset(this.at, 4 + 2 * slot)
    return offset === 0 ? 0 : this.at + offset
  }

  text(slot: number): string {
    return this.buffer.__string(this.place(slot)) as string
  }

  byte(slot: number): number {
    const at = this.place(slot)
    return at === 0 ? 0 : this.buffer.readUint8(at)
  }

  short(slot: number): number {
    const at = this.place(slot)
    return at === 0 ? 0 : this.buffer.readUint16(at)
  }

  int(slot: number, absent: number): number {
    const at = this.place(slot)
    return at === 0 ? absent : this.buffer.readInt32(at)
  }

  long(slot: number): number {
    const at = this.place(slot)
    return at === 0 ? 0 : Number(this.buffer.readInt64(at))
  }

  table(slot: number): Table {
    return new Table(this.buffer, this.buffer.__indirect(this.place(slot)))
  }

  tables(slot: number): Table[] {
    const at = this.place(slot)
    if (at === 0) return []
    const start = this.buffer.__vector(at)
    const items = Array.from({ length: this.buffer.__vector_len(at) }, (_, i) => start + 4 * i)
    return items.map((item) => new Table(this.buffer, this.buffer.__indirect(item)))
  }

  has(slot: number): boolean {
    return this.place(slot) !== 0
  }
}

const simple = (name: string): string => name.split('.').at(-1) as string

function schemaOf(bytes: Uint8Array): CompiledSchema {
  const buffer = new ByteBuffer(bytes)
  const schema = new Table(buffer, buffer.readInt32(0))
  const objects = schema.tables(0)
  const enums = schema.tables(1)
  const nameOf = (of: readonly Table[], index: number): string => simple((of[index] as Table).text(0))

  /** The type of a field: base type, type of its elements, and what either stands for. */
  const typeOf = (type: Table): string => {
    const named = (base: number): string => {
      const index = type.int(2, -1)
      if (TYPES[base] === 'table') return nameOf(objects, index)
      return index < 0 || TYPES[base] === 'utype' ? (TYPES[base] as string) : nameOf(enums, index)
    }
    const base = type.byte(0)
    return TYPES[base] === 'vector' ? `[${named(type.byte(1))}]` : named(base)
  }
  const slotOf = (field: Table): CompiledSlot => {
    const type = typeOf(field.table(1))
    const isOffset = TYPES.indexOf('string') <= field.table(1).byte(0)
    const value = isOffset ? null : type === 'bool' ? field.long(4) !== 0 : field.long(4)
    return { slot: field.short(2), name: field.text(0), type, required: field.byte(7) !== 0, default: value }
  }
  const valuesOf = (each: Table): Record<string, number> =>
    Object.fromEntries(each.tables(1).map((value) => [value.text(0), value.long(1)]))
  const isUnion = (each: Table): boolean => each.byte(2) !== 0
  const isSilent = (each: Table, slot: number): boolean => !each.has(slot)
  return {
    root: simple(schema.table(4).text(0)),
    tables: Object.fromEntries(
      objects.map((table) => [
        simple(table.text(0)),
        table
          .tables(1)
          .map(slotOf)
          .sort((a, b) => a.slot - b.slot),
      ]),
    ),
    enums: Object.fromEntries(
      enums
        .filter((each) => !isUnion(each))
        .map((each) => [
          simple(each.text(0)),
          { base: TYPES[each.table(3).byte(0)] as string, values: valuesOf(each) },
        ]),
    ),
    unions: Object.fromEntries(
      enums
        .filter(isUnion)
        .map((each) => [
          simple(each.text(0)),
          Object.fromEntries(Object.entries(valuesOf(each)).filter(([name]) => name !== 'NONE')),
        ]),
    ),
    undocumented: [
      ...objects.filter((each) => isSilent(each, 6)),
      ...enums.filter((each) => isSilent(each, 5)),
    ].map((each) => simple(each.text(0))),
  }
}
