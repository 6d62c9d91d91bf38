/** `wamp-codec/core`: json, msgpack and cbor. */
export * from './api.ts';
export { createCodec, loadCodec } from './edition/core.ts';
