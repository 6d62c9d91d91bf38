/** `wamp-codec/core`: json, msgpack and cbor. */
export * from "./api.js";
export { createCodec, loadCodec } from "./edition/core.js";
