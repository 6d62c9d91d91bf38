/** What soak.mjs runs. */
export { createCodec } from '../../src/index.ts'
export { createTraffic } from './traffic.ts'
