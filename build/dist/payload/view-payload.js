/** The view of a message's payload, `msg.payloadView`: a map with the views of args and kwargs. */

import { DEFAULT_POLICY } from "../limits.js";
import { ViewSource } from "./view-source.js";
import { ValueView } from "./view-value.js";
/** The view of a payload: a map of `args` and `kwargs`, without those that are absent. Empty for an opaque payload. */
export function viewOfPayload(payload) {
    payload.ensureChecked();
    return new RootView(payload);
}
/** args and kwargs as one map. */
class RootView {
    constructor(payload) {
        this.payload = payload;
        this.ofArgs = null;
        this.ofKwargs = null;
    }
    get args() {
        const { payload } = this;
        if (this.ofArgs === null)
            this.ofArgs = partOf(payload, payload.args, payload.argsStart, payload.argsEnd);
        return this.ofArgs;
    }
    get kwargs() {
        const { payload } = this;
        if (this.ofKwargs === null)
            this.ofKwargs = partOf(payload, payload.kwargs, payload.kwargsStart, payload.kwargsEnd);
        return this.ofKwargs;
    }
    get kind() {
        return 'map';
    }
    get length() {
        return this.keys().length;
    }
    at() {
        return undefined;
    }
    get(key) {
        if (key === 'args')
            return this.args;
        return key === 'kwargs' ? this.kwargs : undefined;
    }
    path(...steps) {
        const [first] = steps;
        if (first === undefined)
            return this;
        return typeof first === 'string' ? this.get(first)?.path(...steps.slice(1)) : undefined;
    }
    keys() {
        return ['args', 'kwargs'].filter((key) => this.get(key) !== undefined);
    }
    /** The very values that `msg.args` and `msg.kwargs` give. */
    toValue() {
        const { payload } = this;
        const partValue = (key) => (key === 'args' ? payload.readArgs() : payload.readKwargs());
        return Object.fromEntries(this.keys().map((key) => [key, partValue(key)]));
    }
    [Symbol.iterator]() {
        return [this.args, this.kwargs].filter((view) => view !== undefined)[Symbol.iterator]();
    }
}
/** The view of args or kwargs in a payload; undefined when they are absent. */
function partOf(payload, value, start, end) {
    if (payload.mode !== 1)
        return undefined;
    const { bytes, context, format, plainJson } = payload;
    if (bytes === null || context === null)
        return value == null ? undefined : new ValueView(value, DEFAULT_POLICY);
    if (end <= start)
        return undefined;
    return format.view(new ViewSource(payload, start, end, format, context.kernel, context.policy, plainJson));
}
