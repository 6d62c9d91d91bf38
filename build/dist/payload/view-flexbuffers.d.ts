import { type PayloadView } from './view.ts';
import type { ViewSource } from './view-source.ts';
/** The view of a source's whole value: the root is behind it. */
export declare function viewFlexbuffers(source: ViewSource): PayloadView;
