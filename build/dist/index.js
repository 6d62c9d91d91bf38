/** `wamp-codec`: every format. */
export * from "./api.js";
export { createCodec, loadCodec } from "./edition/full.js";
