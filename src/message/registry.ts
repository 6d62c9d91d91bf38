/**
 * The base class as the package exports it. It lives here so that whoever imports `Message` also loads the classes
 * that `Message.parse` makes; the base itself may not import what is built on it.
 */
import { parseList } from './classes.ts'
import { Message as Base, registerMessages } from './message.ts'
import { transferableOf } from './transfer.ts'

registerMessages({ parse: parseList, transferable: transferableOf })

/** A WAMP message. */
export const Message: typeof Base = Base
export type Message = Base
