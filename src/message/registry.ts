/**
 * The base class as the package exports it. It is here so that an import of `Message` also loads the classes
 * that `Message.parse` makes, whatever a bundler leaves out; the base itself may not import what is built on it.
 */
import { CLASSES } from './classes.ts'
import { Message as Base, registerTransfer } from './message.ts'
import { registerClass } from './parse.ts'
import type { MessageTable } from './table.ts'
import { transferableOf } from './transfer.ts'

/** A WAMP message. */
export const Message: typeof Base = withTransfer()
export type Message = Base

/** The same where tools come by import: `toTransferable` is one of them. */
export const MessageWithoutTools: typeof Base = withClasses()
export type MessageWithoutTools = Base

function withTransfer(): typeof Base {
  registerTransfer(transferableOf)
  return withClasses()
}

/** Loads the classes, and makes each known to `Message.parse`. */
function withClasses(): typeof Base {
  for (const Class of CLASSES)
    registerClass(Class as unknown as Registered, (Class as unknown as Registered).TABLE)
  return Base
}

interface Registered {
  readonly TABLE: MessageTable
  new (attributes: object): Base
}
