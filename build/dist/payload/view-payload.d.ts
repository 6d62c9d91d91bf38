import type { Payload } from './payload.ts';
import type { PayloadView } from './view.ts';
/** The view of a payload: a map of `args` and `kwargs`, without those that are absent. Empty for an opaque payload. */
export declare function viewOfPayload(payload: Payload): PayloadView;
