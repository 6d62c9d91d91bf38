/**
 * A map whose keys may be anything, while it is read: texts and integers become an object, other keys a `Map`
 * (docs/payloads.md). Only the readers of CBOR and MsgPack have such maps.
 */
import { isMap } from '../../brand.ts'
import { type DecodeRules, setOwn } from '../decode-value.ts'
import type { KeyIdentities } from '../key-identities.ts'
import { isDigit } from '../key-table.ts'
import { isIntegerKey } from '../map-keys.ts'
import { Float64 } from '../values.ts'

// What the keys of a map are.
const TEXTS = 0
const INTEGERS = 1 // some of them, and the others texts
const OTHERS = 2 //   some of them

export class AnyMap {
  /** An object while all keys are texts that are no places of an array; else a Map. */
  declare container: Record<string, unknown> | Map<unknown, unknown>
  /** False when it stays a Map whatever its keys are. */
  declare private readonly mayBeObject: boolean
  declare private isMap: boolean
  declare private key: unknown
  declare private sort: number
  /** Identities of keys that only their content tells apart, where none may come twice. */
  declare private seen: Set<string> | null

  /** `container` has the pairs that were read before. */
  constructor(container: Record<string, unknown> | Map<unknown, unknown>, mayBeObject: boolean) {
    this.container = container
    this.mayBeObject = mayBeObject
    this.isMap = isMap(container)
    this.key = ''
    this.sort = TEXTS
    this.seen = null
  }

  /** Takes the key of the next pair. Returns what is wrong with it when the rules refuse one that comes twice. */
  addKey(key: unknown, rules: DecodeRules, identities: KeyIdentities | null): string | null {
    if (!this.isMap && (typeof key !== 'string' || isDigit(key.charCodeAt(0)))) {
      // An object would put integers in front of what came before them.
      this.container = new Map(Object.entries(this.container as object))
      this.isMap = true
    }
    if (typeof key !== 'string') {
      if (typeof key === 'bigint' || Number.isInteger(key)) this.sort = Math.max(this.sort, INTEGERS)
      else this.sort = OTHERS
      if (key instanceof Float64 && rules.floats !== 'exact') key = key.value
      // A float that is equal to an integer is the same key.
      if (rules.integers === 'bigint' && (isIntegerKey(key) || key === 0)) key = BigInt(key)
    }
    this.key = key
    if (rules.duplicateKeys !== 'refuse' || !this.#isThere(key, rules, identities)) return null
    if (typeof key === 'object' && key !== null) return 'a duplicate key'
    return `duplicate key ${typeof key === 'string' ? JSON.stringify(key) : String(key)}`
  }

  /** Gives the value of the last key; undefined for none. */
  add(value: unknown): void {
    if (value === undefined) return
    if (this.isMap) (this.container as Map<unknown, unknown>).set(this.key, value)
    else setOwn(this.container as Record<string, unknown>, this.key as string, value)
  }

  /** An object with the entries, or the Map when two keys would become the same text or one has none. */
  close(rules: DecodeRules): unknown {
    const { container, sort } = this
    // To another format integers go as they are.
    const isRight = !this.mayBeObject || sort === OTHERS || (sort === INTEGERS && rules.floats === 'exact')
    if (!this.isMap || isRight) return container
    const object: Record<string, unknown> = {}
    for (const [key, value] of container as Map<unknown, unknown>) {
      const text = String(key)
      if (sort === INTEGERS && Object.hasOwn(object, text)) return container
      setOwn(object, text, value)
    }
    return object
  }

  #isThere(key: unknown, { floats }: DecodeRules, identities: KeyIdentities | null): boolean {
    if (!this.isMap) return Object.hasOwn(this.container, key as string)
    // A Float64, which stands for itself only under the exact rules, may be the same number.
    const isByContent =
      (typeof key === 'object' && key !== null) || (typeof key === 'number' && floats === 'exact')
    if (!isByContent || identities === null) return (this.container as Map<unknown, unknown>).has(key)
    this.seen ??= new Set()
    const identity = identities.of(key)
    return this.seen.size === this.seen.add(identity).size
  }
}
