/** `wamp-codec`: every format. The formats beyond those of `./core` are still to come. */
export * from './core.ts'
