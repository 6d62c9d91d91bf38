/** What the entries export that have all tools. */
export * from './api-shared.ts'
export { Message } from './message/registry.ts'
export { FanOut, type FanOutEvent, type FanOutReceiver } from './router/fan-out.ts'
export * from './transport/index.ts'
