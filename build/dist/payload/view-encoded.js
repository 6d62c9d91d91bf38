/** Views of values in JSON, MsgPack, CBOR and UBJSON: the kernel finds each of them by its bytes (assembly/find.ts). */

import { isIntegerKey } from "./map-keys.js";
import { Float64 } from "./values.js";
import { walk } from "./view.js";
import { MAX_INDEX } from "./view-source.js";
import { ValueView } from "./view-value.js";
/** The kinds that the kernel tells; what numbers are depends on the codec's options. */
const KINDS = (() => {
    const kinds = [];
    kinds[1] = 'null';
    kinds[2] = kinds[3] = 'boolean';
    kinds[7] = 'number';
    kinds[8] = 'string';
    kinds[9] = 'bytes';
    kinds[10] = 'array';
    kinds[11] = 'map';
    return kinds;
})();
/** The view of a source's whole value. */
export function viewEncoded(source) {
    return viewAt(source, 0, 0);
}
/** The view of the value at `start`. */
function viewAt(source, start, type) {
    source.find(0, start, type);
    return new EncodedView(source);
}
class EncodedView {
    /** Of what the kernel has found last. */
    constructor(source) {
        this.source = source;
        this.wire = source.found(0);
        this.start = source.foundAt(1);
        this.after = source.foundAt(2);
        this.count = source.found(3);
        this.type = source.found(4);
        this.known = 0;
        this.knownAt = 0;
        this.places = null;
        this.placesType = 0;
        this.isRows = source.found(9) === 1;
    }
    get kind() {
        return KINDS[this.wire] ?? this.values().kind;
    }
    get length() {
        const { source, start, type } = this;
        switch (this.wire) {
            case 11:
                if (this.count >= 0 && (this.count < 2 || source.policy.duplicateKeys === 'refuse'))
                    return this.count;
                return this.entries().byKey.size;
            case 10:
                if (this.count < 0) {
                    source.findOne(start, type, 3, 0, 0, 0);
                    this.count = source.found(3);
                }
                return this.count;
            case 9:
                if (this.count >= 0)
                    return this.count;
        }
        return this.wire === 8 || this.kind === 'bytes' ? this.values().length : 0;
    }
    at(index) {
        if (this.wire !== 10 || !Number.isInteger(index) || index < 0)
            return undefined;
        if (this.isRows)
            return this.values().at(index);
        if (index > MAX_INDEX)
            return undefined;
        const isAhead = index >= this.known;
        if (!this.find(0, index, isAhead ? this.known : 0, isAhead ? this.knownAt : 0))
            return undefined;
        const { source } = this;
        this.known = source.found(7);
        this.knownAt = source.foundAt(8);
        return new EncodedView(source);
    }
    get(key) {
        if (this.wire !== 11)
            return undefined;
        const { source, start, type } = this;
        const isText = typeof key === 'string';
        if (isText && this.places === null) {
            if (source.findPath(start, type, [key]))
                return new EncodedView(source);
            if (!source.isRare)
                return undefined;
        }
        const { byKey, byText } = this.entries();
        const place = isText ? byText.get(key) : byKey.get(key);
        return place === undefined ? undefined : viewAt(source, place, this.placesType);
    }
    path(...steps) {
        const { source, start, type } = this;
        // One step may know more than the kernel; the rows of an array are not its business.
        if (steps.length < 2 || this.isRows)
            return walk(this, steps);
        if (source.findPath(start, type, steps))
            return new EncodedView(source);
        return source.isRare ? walk(this, steps) : undefined;
    }
    keys() {
        if (this.wire !== 11)
            return [];
        const { byKey, byText } = this.entries();
        return [...byKey.keys()].map((key) => {
            if (typeof key !== 'number' && typeof key !== 'bigint')
                return key;
            const text = String(key);
            return byText.has(text) && !byKey.has(text) ? text : key;
        });
    }
    toValue() {
        const { source, start, type } = this;
        let end = this.after;
        if (this.wire === 10 || this.wire === 11) {
            source.find(2, start, type);
            end = source.foundAt(2);
        }
        return source.decode(start, end, type);
    }
    *[Symbol.iterator]() {
        const { source } = this;
        if (this.wire === 11) {
            for (const place of this.entries().byKey.values())
                yield viewAt(source, place, this.placesType);
        }
        else if (this.isRows) {
            yield* this.values();
        }
        else if (this.wire === 10) {
            for (let i = 0, at = 0; this.find(0, i, Math.max(i - 1, 0), at); i++) {
                at = source.foundAt(8);
                yield new EncodedView(source);
            }
        }
    }
    /** Looks for an element or entry from one that is known on; false when there is none. */
    find(what, index, known, at) {
        return this.source.findOne(this.start, this.type, what, index, known, at);
    }
    /** Where the value of each key begins. */
    entries() {
        const { source } = this;
        if (this.places !== null)
            return this.places;
        const places = { byKey: new Map(), byText: new Map() };
        for (let i = 0, at = 0; this.find(2, i, Math.max(i - 1, 0), at); i++) {
            at = source.foundAt(8);
            this.placesType = source.found(4);
            const place = source.foundAt(1);
            const key = source.decodeKey(source.foundAt(5), source.foundAt(6));
            if (typeof key === 'string' || isIntegerKey(key))
                places.byText.set(String(key), place);
            places.byKey.set(key instanceof Float64 ? key.value : key, place);
        }
        this.places = places;
        return places;
    }
    /** The decoded value. */
    values() {
        return new ValueView(this.toValue(), this.source.policy);
    }
}
