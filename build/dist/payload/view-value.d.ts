/** Views of JavaScript values: payloads that the application has built. */
import type { Policy } from '../limits.ts';
import { type PayloadView, type ViewKind } from './view.ts';
/** A value as the encoders see it: `toJSON` is honoured, a typed array of numbers is an array, a Map is a map. */
export declare class ValueView implements PayloadView {
    private readonly value;
    private readonly policy;
    private readonly shape;
    /** The value in the form that `Kind` names. */
    private readonly content;
    /** Throws EncodeError for what has no form in any format: a function, a Set. */
    constructor(value: unknown, policy: Policy);
    get kind(): ViewKind;
    get length(): number;
    at(index: number): PayloadView | undefined;
    get(key: unknown): PayloadView | undefined;
    path(...steps: (string | number)[]): PayloadView | undefined;
    keys(): unknown[];
    /** The value as the application gave it, not a copy. */
    toValue(): unknown;
    [Symbol.iterator](): Generator<PayloadView, void>;
    /** The entries of a map, without those that are undefined, which are not written. */
    private entries;
    private inner;
}
