/** ClientRoles and RouterRoles: the features of each role, then the roles. */
import type { FlatBuilder } from './builder.ts'
import { entryOf, nestedSlots } from './values.ts'

/** Writes them; returns their offset. */
export function rolesPart(builder: FlatBuilder, value: unknown, type: string): number {
  const slots = nestedSlots(type)
  const targets = slots.map(({ name, type: features }) => {
    const role = entryOf(value, name)
    if (role == null) return 0
    const flags = entryOf(role, 'features') ?? {}
    const names = nestedSlots(features)
    builder.openTable(names.length)
    for (const [slot, { attribute }] of names.entries()) {
      const flag = entryOf(flags, attribute as string)
      if (typeof flag === 'boolean') builder.addByte(slot, flag ? 1 : 0)
    }
    return builder.closeTable()
  })
  builder.openTable(slots.length)
  for (const [slot, target] of targets.entries()) if (target !== 0) builder.addOffset(slot, target)
  return builder.closeTable()
}
