/**
 * Keys of maps that only their content tells apart: bytes, lists, maps, `Tagged`. Two with the same content have the
 * same identity. A container's is made of those of its parts, which are known by then, so that keys in keys in keys
 * cost no more than their bytes.
 */
import { isBytes, isMap } from "../brand.js";
import { Float64, Tagged } from "./values.js";
/** The identities of one value that is decoded. */
export class KeyIdentities {
    #numbers = new Map();
    #known = new WeakMap();
    /** The identity of a key or a part of one; every container in it was learnt before. */
    of(value) {
        if (typeof value === 'string')
            return `"${value}`;
        if (isBytes(value))
            return `b${value.join()}`;
        if (value instanceof Float64)
            return `${value.value}`;
        if (typeof value !== 'object' || value === null)
            return `${value}`;
        return this.#known.get(value) ?? this.learn(value, value);
    }
    /** Takes note of a container, whose keys `content` has as they came; returns its identity. */
    learn(container, content) {
        const known = this.#known.get(container);
        if (known !== undefined)
            return known;
        const text = this.#textOf(content);
        const number = this.#numbers.get(text) ?? this.#numbers.size;
        this.#numbers.set(text, number);
        const identity = `#${number}`;
        this.#known.set(container, identity);
        return identity;
    }
    #textOf(content) {
        if (Array.isArray(content))
            return JSON.stringify(content.map((item) => this.of(item)));
        if (content instanceof Tagged)
            return `${content.kind} ${content.tag} ${this.of(content.value)}`;
        const entries = isMap(content) ? [...content] : Object.entries(content);
        // The order of its keys means nothing.
        return `{${entries.map(([key, item]) => JSON.stringify([this.of(key), this.of(item)])).sort()}`;
    }
}
