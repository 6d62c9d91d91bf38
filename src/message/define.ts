/**
 * The second half of a class: accessors of the options, which it declares and documents and whose fields the table
 * knows, and its place among the classes that lists are parsed into.
 */
import type { Message } from './message.ts'
import { readOption, writeOption } from './options.ts'
import { registerClass } from './parse.ts'
import type { MessageTable } from './table.ts'

/**
 * Defines `type`, and the accessors of the options that the class has beside its mixins'. One getter for each field is
 * shared by no other, so that an engine can specialise it.
 */
export function defineMessage(
  Class: { readonly prototype: Message; new (attributes: never): Message },
  table: MessageTable,
): void {
  registerClass(Class as unknown as new (attributes: object) => Message, table)
  // Not a field: it would be one more slot of every message.
  Object.defineProperty(Class.prototype, 'type', { value: table.code })
  for (const [field, { attribute, absent }] of table.options.entries()) {
    if (attribute in Class.prototype) continue
    const isExtra = table.positions.some(
      (position) => position.attribute === attribute && position.kind === 'dict',
    )
    Object.defineProperty(Class.prototype, attribute, {
      configurable: true,
      enumerable: true,
      get(this: Message) {
        return readOption(this, field) ?? (isExtra ? {} : absent)
      },
      set(this: Message, value: unknown) {
        writeOption(this, field, value)
      },
    })
  }
}
