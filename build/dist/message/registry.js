/**
 * The base class as the package exports it. It lives here so that whoever imports `Message` also loads the classes
 * that `Message.parse` makes, whatever a bundler leaves out; the base itself may not import what is built on it.
 */
import { Message as Base, registerTransfer } from "./message.js";
import { transferableOf } from "./transfer.js";
registerTransfer(transferableOf);
/** A WAMP message. */
export const Message = Base;
