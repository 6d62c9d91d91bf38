/** `wamp-codec`: every format. */
export * from './api.ts'
export * as message from './message/index.ts'
export { createCodec, loadCodec } from './variants/full.ts'
