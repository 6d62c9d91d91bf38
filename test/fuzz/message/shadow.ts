/**
 * What a message should say, in plain values: its attributes, what is left of them after a way through a format, and
 * what keeps it out of a format.
 */
import { arrivedIn, type Format, isList, isSamePlain, lackOf, type Plain } from './plain.ts'
import { ABSENT, type Attribute, ENUMS, ROLES, type Schema, UNLISTED } from './schema.ts'

/** A message in plain values. What is absent is not in `attributes`. */
export interface Shadow {
  readonly schema: Schema
  attributes: Map<string, Plain>
  custom: ReadonlyMap<string, Plain> | null
  args: Plain
  kwargs: Plain
  payload: Uint8Array | null
  /** The dialect of an opaque payload. */
  mode: 'enc' | 'ppt'
}

/** What becomes of a message in a format: it is refused, or arrives as this. */
export type Trip = { readonly refused: string } | { readonly refused: null; readonly shadow: Shadow }

const NOTHING: ReadonlyMap<string, Plain> = new Map()

/** A message of the same attributes, for itself. */
export function copyOf(shadow: Shadow): Shadow {
  return { ...shadow, attributes: new Map(shadow.attributes) }
}

/** What the getter of an attribute gives. */
export function attributeOf({ attributes, schema }: Shadow, { name, kind }: Attribute): Plain {
  const value = attributes.get(name)
  if (value !== undefined && value !== null) return value
  if (name === 'extra' && schema.payload === 'none') return NOTHING
  return ABSENT[kind] ?? null
}

/** True for text, lists and maps without anything in them, for 0 and false. */
export function isEmpty(value: Plain): boolean {
  if (value instanceof Map) return value.size === 0
  if (isList(value)) return value.length === 0
  return !value
}

/** The rule between attributes that the message breaks, or null. Such a message is in no list. */
export function brokenRule({ schema, attributes, payload }: Shadow): string | null {
  if (schema.payload !== 'any') {
    const needsRoles = schema.className === 'Hello' || schema.className === 'Welcome'
    return needsRoles && !attributes.has('roles') ? 'roles are required' : null
  }
  const algo = attributes.has('enc_algo')
  if (!algo && attributes.has('enc_key')) return 'enc_key needs enc_algo'
  if (!algo && attributes.has('enc_serializer')) return 'enc_serializer needs enc_algo'
  return algo && payload === null ? 'enc_algo needs a payload' : null
}

/** The message after a way through a list format. */
export function throughList(shadow: Shadow, format: Format): Trip {
  const broken = brokenRule(shadow) ?? brokenInList(shadow)
  return broken === null ? asList(shadow, format) : { refused: broken }
}

/** The same for a list that nobody checks: rules between attributes do not matter. */
export function asList(shadow: Shadow, format: Format): Trip {
  const { schema, attributes, custom, mode } = shadow
  const payload = shadow.payload?.length === 0 && mode === 'enc' ? null : shadow.payload
  const kept = new Map<string, Plain>()
  for (const attribute of schema.attributes) {
    const { name, kind, isTruthy } = attribute
    const value = attributes.get(name)
    if (value === undefined) continue
    if (name.startsWith('enc_') && (shadow.payload === null || shadow.payload.length === 0)) continue
    if ((isTruthy && isEmpty(value)) || ABSENT[kind] === value) continue
    const lack = lackOf(value, format)
    if (lack !== null) return { refused: `${name}: ${lack}` }
    kept.set(name, arrivedIn(value, format))
  }
  for (const value of [custom, shadow.args, shadow.kwargs]) {
    const lack = value === null ? null : lackOf(value, format)
    if (lack !== null && isWrittenInList(shadow, value)) return { refused: lack }
  }
  let args = arrivedIn(shadow.args, format)
  let kwargs = arrivedIn(shadow.kwargs, format)
  if (kwargs !== null && isEmpty(kwargs)) kwargs = null
  if (kwargs !== null) args ??= []
  else if (args !== null && isEmpty(args)) args = null
  return { refused: null, shadow: { schema, attributes: kept, custom, args, kwargs, payload, mode } }
}

function isWrittenInList(shadow: Shadow, value: Plain | ReadonlyMap<string, Plain>): boolean {
  return value === shadow.custom || !isEmpty(value)
}

/** What lists do not say and peers refuse. */
function brokenInList({ attributes }: Shadow): string | null {
  const hops = attributes.get('forward_for')
  if (isList(hops) && hops.some((hop) => (hop as ReadonlyMap<string, Plain>).get('authrole') === null)) {
    return 'a hop without authrole'
  }
  return UNLISTED.includes(attributes.get('enc_serializer')) ? 'enc_serializer has no name in lists' : null
}

/** The message after a way through FlatBuffers, profile 'schema'; `format` is that of args and kwargs. */
export function throughFlatBuffers(shadow: Shadow, format: Format): Trip {
  const { schema, attributes } = shadow
  const isOpaque = shadow.payload !== null && shadow.payload.length > 0
  const kept = new Map<string, Plain>()
  for (const { name, kind, hasSlot } of schema.attributes) {
    const value = attributes.get(name)
    if (value === undefined || !hasSlot) continue
    // It describes a payload, and means nothing without one.
    if (name.startsWith('enc_') && !isOpaque) continue
    const held = inSlot(kind, value)
    if (held !== null) kept.set(name, held)
  }
  const carries = schema.payload === 'any'
  for (const value of carries ? [shadow.args, shadow.kwargs] : []) {
    const lack = lackOf(value, format)
    if (lack !== null) return { refused: lack }
  }
  return {
    refused: null,
    shadow: {
      schema,
      attributes: kept,
      custom: null,
      args: carries ? arrivedIn(shadow.args, format) : null,
      kwargs: carries ? arrivedIn(shadow.kwargs, format) : null,
      payload: isOpaque ? shadow.payload : null,
      mode: 'enc',
    },
  }
}

const LIMITS: Readonly<Record<string, number>> = { uint: 2 ** 32, count: 2 ** 16, int: 2 ** 64 }

/** What a slot holds of a value; null for nothing. */
function inSlot(kind: Attribute['kind'], value: Plain): Plain {
  switch (kind) {
    case 'int':
    case 'uint':
    case 'count':
      return fits(value, LIMITS[kind] as number) ? value : null
    case 'ints':
      return (value as readonly Plain[]).filter((item) => fits(item, 2 ** 64))
    case 'methods':
      return (value as readonly Plain[]).filter((item) => ENUMS.method?.includes(item as string))
    case 'hops':
      return (value as readonly ReadonlyMap<string, Plain>[]).map((hop) => {
        const session = hop.get('session') as Plain
        return new Map(hop).set('session', fits(session, 2 ** 64) ? session : 0)
      })
    case 'dict': {
      const entry = [...(value as ReadonlyMap<string, Plain>)].find(
        ([, item]) => typeof item === 'string' || item === null,
      )
      return entry === undefined ? null : new Map([entry])
    }
    case 'clientRoles':
    case 'routerRoles':
      return rolesInSlot(value as ReadonlyMap<string, Plain>)
    default:
      return (ENUMS[kind]?.includes(value as string) ?? true) ? value : null
  }
}

function fits(value: Plain, limit: number): boolean {
  return (typeof value === 'number' || typeof value === 'bigint') && value >= 0 && value < limit
}

function rolesInSlot(roles: ReadonlyMap<string, Plain>): Plain {
  return new Map(
    [...roles].map(([name, role]) => {
      const features = (role as ReadonlyMap<string, Plain>).get('features') as
        | ReadonlyMap<string, Plain>
        | undefined
      const held = [...(features ?? NOTHING)].filter(
        ([feature, flag]) => typeof flag === 'boolean' && ROLES[name]?.includes(feature),
      )
      return [name, held.length === 0 ? NOTHING : new Map([['features', new Map(held)]])]
    }),
  )
}

/** The names of attributes that differ, whatever the order of keys: those that a report of losses must name. */
export function differences(a: Shadow, b: Shadow): string[] {
  const isSame = (x: Plain, y: Plain): boolean =>
    isSamePlain(arrivedIn(x, 'flexbuffers'), arrivedIn(y, 'flexbuffers'))
  const names = a.schema.attributes
    .filter(
      (attribute) =>
        !isSameAttribute(attribute, attributeOf(a, attribute), attributeOf(b, attribute), isSame),
    )
    .map(({ name }) => name)
  if (!isSame(a.custom, b.custom)) names.push('custom')
  for (const name of ['args', 'kwargs', 'payload'] as const) if (!isSame(a[name], b[name])) names.push(name)
  return names
}

function isSameAttribute(
  { kind }: Attribute,
  a: Plain,
  b: Plain,
  isSame: (x: Plain, y: Plain) => boolean,
): boolean {
  // Roles say the same with no features and without.
  const isRoles = kind === 'clientRoles' || kind === 'routerRoles'
  return isRoles && a instanceof Map && b instanceof Map
    ? isSame(withFeatures(a), withFeatures(b))
    : isSame(a, b)
}

function withFeatures(roles: ReadonlyMap<string, Plain>): Plain {
  return new Map(
    [...roles].map(([name, role]) => [
      name,
      new Map([['features', NOTHING], ...(role as ReadonlyMap<string, Plain>)]),
    ]),
  )
}
