/** `wamp-codec`: every format. */
export * from './api.ts'
export { createCodec, loadCodec } from './edition/full.ts'
export * as message from './message/index.ts'
