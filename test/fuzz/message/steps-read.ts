/** Steps that read: attributes one by one, views, texts for people. */
import { createRandom } from '../../support/random.ts'
import { checkEntry, checkOne, checkPayload, type Entry, Finding, rulesFor, shown } from './entry.ts'
import { ATTRIBUTE_RULES, isReadAs, type Plain } from './plain.ts'
import type { Step } from './programs.ts'
import { attributeOf } from './shadow.ts'
import { isOurs, must } from './trips.ts'
import { pick, type World } from './world.ts'

/** Reads something of a message. */
export function read(world: World, { on, seed }: Step & { op: 'read' }): boolean {
  const entry = pick(world, on)
  if (entry === null) return false
  if (entry.shadow === null) readSome(entry, seed)
  else must('read', () => readKnown(entry, seed))
  return true
}

function readKnown(entry: Entry, seed: number): void {
  const random = createRandom(seed)
  const { message, shadow } = entry
  if (shadow === null) return
  const { attributes, payload } = shadow.schema
  switch (random.int(0, 6)) {
    case 0:
      checkEntry(entry, 'read')
      return
    case 1: {
      const attribute = random.pick(attributes)
      checkOne(
        entry,
        attribute.name,
        message[attribute.name],
        attributeOf(shadow, attribute),
        ATTRIBUTE_RULES,
        'read',
      )
      return
    }
    case 2:
      checkOne(entry, 'custom', message.custom, shadow.custom, ATTRIBUTE_RULES, 'read')
      return
    case 3:
      if (payload !== 'none') checkPayload(entry, 'read')
      return
    case 4:
    case 5:
      if (payload === 'any' && shadow.payload === null) readView(entry)
      return
    default:
      if (!Array.isArray(message.marshal())) throw new Finding('marshal', 'no list')
      if (!message.toString().startsWith(`${shadow.schema.name}(`))
        throw new Finding('toString', message.toString())
      message.toJSON()
      if (!message.equals(message)) throw new Finding('equals', 'not equal to itself')
  }
}

/** Views say what decoding says. */
function readView(entry: Entry): void {
  const { message, shadow, own } = entry
  if (shadow === null || own.has('args') || own.has('kwargs')) return
  const rules = rulesFor(entry)
  const view = message.payloadView as PayloadView
  for (const name of ['args', 'kwargs'] as const) {
    const wanted = shadow[name]
    const got = view.get(name)
    if ((got === undefined) !== (wanted === null)) throw new Finding('a view of another payload', name)
    if (got === undefined) continue
    if (!isReadAs(got.toValue(), wanted, rules)) {
      throw new Finding(`a view has another ${name}`, `${shown(got.toValue())}, not ${shown(wanted)}`)
    }
    const parts: [string | number, Plain][] =
      wanted instanceof Map
        ? [...(wanted as ReadonlyMap<string, Plain>)]
        : [...(wanted as readonly Plain[]).entries()]
    const [step, item] = parts[parts.length >> 1] ?? []
    if (got.length !== parts.length) throw new Finding('a view has another length', String(got.length))
    if (step === undefined || item === undefined) continue
    const part = view.path(name, step)?.toValue()
    if (!isReadAs(part, item, rules)) {
      throw new Finding(`a view has another part of ${name}`, `${shown(part)}, not ${shown(item)}`)
    }
  }
}

interface PayloadView {
  readonly length: number
  get(key: string): PayloadView | undefined
  path(...steps: (string | number)[]): PayloadView | undefined
  toValue(): unknown
}

/** Reads everything of a frame that was changed by chance: values, or errors of ours. */
export function readSome({ message }: Entry, seed: number): void {
  const names = [
    'custom',
    'forward_for',
    'args',
    'kwargs',
    'payload',
    'rawPayload',
    'payloadView',
    'topic',
    'mode',
  ]
  const first = seed % names.length
  for (const name of [...names.slice(first), ...names.slice(0, first)]) {
    try {
      void message[name]
    } catch (error) {
      if (!isOurs(error)) throw new Finding(`the getter ${name} of a changed frame throws`, String(error))
    }
  }
  try {
    message.marshal()
    message.toString()
  } catch (error) {
    if (!isOurs(error)) throw new Finding('marshal of a changed frame throws', String(error))
  }
}
