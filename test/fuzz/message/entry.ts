/** A live message with its shadow, and the comparison of the two. */
import type { Message } from '../../../src/index.ts'
import {
  ATTRIBUTE_RULES,
  isReadAs,
  isSamePlain,
  type Plain,
  plainOf,
  type ReadRules,
  readAs,
  reread,
} from './plain.ts'
import { POLICIES, rulesOf } from './serializers.ts'
import { attributeOf, type Shadow } from './shadow.ts'

/** What the fuzzer has found: `kind` is the same for the same fault. */
export class Finding extends Error {
  readonly kind: string

  constructor(kind: string, detail: string) {
    super(`${kind}: ${detail}`)
    this.kind = kind
  }
}

/** A message of a program. */
export interface Entry {
  readonly message: Message & Record<string, unknown>
  /** What it should say; null for a frame that was changed by chance. */
  shadow: Shadow | null
  /** The codec that it came from; -1 for one that was built. */
  readonly codec: number
  /** Attributes whose values are the application's own. */
  readonly own: Set<string>
  /** The caller's buffer, while the message borrows it. */
  readonly chunk: { bytes: Uint8Array | null }
}

/** An entry of a message. */
export function entryOf(
  message: Message,
  shadow: Shadow | null,
  codec: number,
  own: Iterable<string> = [],
  chunk: Entry['chunk'] = { bytes: null },
): Entry {
  return { message: message as Entry['message'], shadow, codec, own: new Set(own), chunk }
}

/** How args and kwargs of an entry are read. */
export function rulesFor(entry: Entry): ReadRules {
  return rulesOf(POLICIES[entry.codec] ?? {})
}

/** Compares everything that the message says with its shadow. Throws Finding. */
export function checkEntry(entry: Entry, where: string): void {
  const { message, shadow } = entry
  if (shadow === null) return
  for (const attribute of shadow.schema.attributes) {
    checkOne(
      entry,
      attribute.name,
      message[attribute.name],
      attributeOf(shadow, attribute),
      ATTRIBUTE_RULES,
      where,
    )
  }
  checkOne(entry, 'custom', message.custom, shadow.custom, ATTRIBUTE_RULES, where)
  if (shadow.schema.payload !== 'none') checkPayload(entry, where)
}

/** The same for args, kwargs and payload. */
export function checkPayload(entry: Entry, where: string): void {
  const { message, shadow } = entry
  if (shadow === null) return
  const rules = rulesFor(entry)
  checkOne(entry, 'args', message.args, shadow.args, rules, where)
  checkOne(entry, 'kwargs', message.kwargs, shadow.kwargs, rules, where)
  if (shadow.schema.payload === 'any') {
    checkOne(entry, 'payload', message.payload, shadow.payload, rules, where)
  }
}

/** Compares one attribute. */
export function checkOne(
  { own }: Entry,
  name: string,
  got: unknown,
  wanted: Plain | ReadonlyMap<string, Plain>,
  rules: ReadRules,
  where: string,
): void {
  const isSame = own.has(name)
    ? isSamePlain(plainOf(got), wanted)
    : isReadAs(got, wanted, rules) || isBuffer(got, wanted)
  if (isSame) return
  const texts = [got, own.has(name) ? wanted : readAs(wanted, rules)].map((value) => shown(value))
  throw new Finding(`${where}: another ${name}`, `got ${texts[0]}, expected ${texts[1]}`)
}

/** The caller's frame may be a Buffer: views of it are, too. */
function isBuffer(got: unknown, wanted: Plain | ReadonlyMap<string, Plain>): boolean {
  return got instanceof Uint8Array && wanted instanceof Uint8Array && Buffer.compare(got, wanted) === 0
}

/** A value in few words. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value, (_key, item: unknown) => {
    if (item instanceof Uint8Array) return `<${Buffer.from(item).toString('hex')}>`
    if (item instanceof Map) return { '<map>': [...item] }
    if (typeof item === 'bigint') return `${item}n`
    return typeof item === 'number' && (!Number.isFinite(item) || Object.is(item, -0)) ? `<${item}>` : item
  })
  return text === undefined ? 'undefined' : text.length > 1000 ? `${text.slice(0, 1000)}...` : text
}

/** After a change nothing is encoded any more but the payload: what was read plainly stays so. */
export function changed({ shadow, own }: Entry): void {
  if (shadow === null) return
  for (const [name, value] of shadow.attributes) {
    if (!own.has(name)) shadow.attributes.set(name, reread(value, ATTRIBUTE_RULES))
  }
  if (shadow.custom !== null && !own.has('custom')) {
    shadow.custom = reread(shadow.custom, ATTRIBUTE_RULES) as ReadonlyMap<string, Plain>
  }
}
