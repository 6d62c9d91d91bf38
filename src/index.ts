/** `wamp-codec`: every format. The same as `./core` until the core kernel is split off. */
export * from './core.ts'
