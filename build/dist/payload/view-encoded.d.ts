import { type PayloadView } from './view.ts';
import { type ViewSource } from './view-source.ts';
/** The view of a source's whole value. */
export declare function viewEncoded(source: ViewSource): PayloadView;
