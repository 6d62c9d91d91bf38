/** What the entries export in which tools come by import. */
export * from './api-shared.ts'
export { MessageWithoutTools as Message } from './message/registry.ts'
