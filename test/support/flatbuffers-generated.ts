/**
 * A third FlatBuffers reader, for tests only: the TypeScript that flatc generates from schema/*.fbs. It says what an
 * application of the npm runtime sees in a frame; the class is the one that the union byte names.
 */
import type { Generated, GeneratedModule } from './flatc.ts'

type Reader = new () => Generated

/** Words of WAMP for names of the schema, where they differ by more than their letters. */
const WORDS: Readonly<Record<string, string>> = { CRA: 'wampcra', SCRAM: 'wamp-scram' }
const SILENT = ['NULL', 'NONE', 'TRANSPORT']

const camel = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())

/** Makes an object of a generated class, or of the npm runtime. */
export function create(module: GeneratedModule, name: string, ...args: unknown[]): Generated {
  return Reflect.construct(module[name] as new () => Generated, args)
}

/** Calls a method of generated code. */
export function call(table: Generated, name: string, ...args: unknown[]): unknown {
  const method = table[name]
  if (typeof method !== 'function') throw new TypeError(`generated code has no ${name}`)
  return method.apply(table, args)
}

/** The table of a frame's message, and the name of its class. */
export function readGenerated(module: GeneratedModule, frame: Uint8Array): readonly [string, Generated] {
  const buffer = create(module, 'ByteBuffer', frame)
  const root = call(module.Message as Generated, 'getRootAsMessage', buffer) as Generated
  const type = call(root, 'msgType') as number
  const accessor = (made: unknown): unknown => call(root, 'msg', made)
  const table = call(module as Generated, 'unionToAnyMessage', type, accessor) as Generated | null
  if (table === null) throw new RangeError(`generated code knows no message ${type}`)
  return [(module.AnyMessage as Readonly<Record<number, string>>)[type] as string, table]
}

/** The value of a slot as an attribute of ours would have it; null for what says nothing. */
export function slotValue(module: GeneratedModule, table: Generated, name: string, type: string): unknown {
  const method = camel(name)
  if (type === '[uint8]') return call(table, `${method}Array`)
  if (type.startsWith('[')) {
    const length = call(table, `${method}Length`) as number
    if (length === 0) return null
    const items = Array.from({ length }, (_, i) => call(table, method, i))
    return items.map((item) => plain(module, item, type.slice(1, -1)))
  }
  return plain(module, call(table, method), type)
}

function plain(module: GeneratedModule, value: unknown, type: string): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'bigint') return value <= 2n ** 53n ? Number(value) : value
  if (typeof value === 'number') {
    const names = module[type] as Readonly<Record<number, string>> | undefined
    if (names === undefined || type === 'MessageType') return value
    const name = names[value] as string
    return SILENT.includes(name) ? null : (WORDS[name] ?? name.toLowerCase())
  }
  const table = value as Generated
  if (type === 'Map') return { [call(table, 'key') as string]: call(table, 'value') }
  if (type === 'Principal') {
    const names = ['session', 'authid', 'authrole'] as const
    return Object.fromEntries(names.map((name) => [name, plain(module, call(table, name), '')]))
  }
  const names = methodsOf(module[type] as Reader)
  return type.endsWith('Roles') ? rolesOf(module, table, names) : featuresOf(table, names)
}

function rolesOf(module: GeneratedModule, table: Generated, names: readonly string[]): object {
  const roles = names.map((name) => [
    name,
    plain(module, call(table, name), `${name.charAt(0).toUpperCase()}${name.slice(1)}Features`),
  ])
  const present = roles.filter(([, features]) => features !== null)
  return Object.fromEntries(present.map(([name, features]) => [name, { features }]))
}

/** Features that are true: generated code does not tell false from absent. */
function featuresOf(table: Generated, names: readonly string[]): object {
  const named = names.map((name) => [snake(name), call(table, name)] as const)
  return Object.fromEntries(
    named
      .filter(([, flag]) => flag === true)
      .map(([name, flag]) => [
        name === 'acknowledge_event_received' ? 'x_acknowledged_event_delivery' : name,
        flag,
      ]),
  )
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Names of a generated class's slots: methods of its instances without those of the runtime. */
function methodsOf(reader: Reader): string[] {
  const names = Object.getOwnPropertyNames(reader.prototype)
  return names.filter((name) => name !== 'constructor' && !name.startsWith('__'))
}
