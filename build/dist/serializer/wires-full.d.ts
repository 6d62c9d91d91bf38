import { type Wire } from './wire.ts';
/** The wires of `wamp-codec`. */
export declare const FULL_WIRES: readonly Wire[];
