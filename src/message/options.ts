/** Accessors of options: the class declares and documents them, the table says which field each one is. */
import { type Message, readOption, writeOption } from './message.ts'
import type { MessageTable } from './table.ts'

/**
 * Defines the accessors of the options that the class has beside its mixins'. One getter for each field is shared by
 * no other, so that an engine can specialise it.
 */
export function defineOptions(Class: { readonly prototype: Message }, table: MessageTable): void {
  for (const [field, { attribute, absent, kind }] of table.options.entries()) {
    if (attribute in Class.prototype) continue
    const isExtra = table.positions.some(
      (position) => position.attribute === attribute && position.kind === 'dict',
    )
    Object.defineProperty(Class.prototype, attribute, {
      configurable: true,
      enumerable: true,
      get(this: Message) {
        const value = readOption(this, field)
        if (value !== null || !isExtra) return value ?? absent
        return kind === 'dict' ? {} : null
      },
      set(this: Message, value: unknown) {
        writeOption(this, field, value)
      },
    })
  }
}
