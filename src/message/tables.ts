/**
 * All messages, one table each (tables/*.ts): positions of the list, then the keys of Options or Details in the
 * order in which they are written, and what `from` carries over. Sources: the WAMP specification's message
 * definitions, and the keys that autobahn-python writes, in its order. The classes and the table of
 * docs/message-design.md are generated from them (build/classes.mjs), and so are the kernel's key tables
 * (build/kernel-tables.mjs). The comment before a row is the text that editors show, and its `@see` names the section
 * of the specification.
 */
import { EVENT_RECEIVED_CODE, EVENT_RECEIVED_FLAT_CODE } from '../kernel/abi.ts'
import type { MessageTable } from './table.ts'
import { ERROR } from './tables/error.ts'
import { PUBSUB_TABLES } from './tables/pubsub.ts'
import { RPC_TABLES } from './tables/rpc.ts'
import { SESSION_TABLES } from './tables/session.ts'

/** All tables in the order of their codes; the place in this list is the message's index in the kernel. */
export const TABLES: readonly MessageTable[] = [
  ...SESSION_TABLES,
  ERROR,
  ...PUBSUB_TABLES,
  ...RPC_TABLES,
].sort((a, b) => placeOf(a) - placeOf(b))

/** The code in FlatBuffers, which decides the order: that of lists, but for EVENT_RECEIVED. */
export function placeOf({ code }: MessageTable): number {
  return code === EVENT_RECEIVED_CODE ? EVENT_RECEIVED_FLAT_CODE : code
}
