import { Kind, Walk } from "./encode-value.js";
import { isIntegerKey, namesOf } from "./map-keys.js";
import { walk } from "./view.js";
/** A value as the encoders see it: `toJSON` is honoured, a typed array of numbers is an array, a Map is a map. */
export class ValueView {
    /** Throws EncodeError for what has no form in any format: a function, a Set. */
    constructor(value, policy) {
        // CBOR has a form for everything that any format can carry.
        const classifier = new Walk('cbor', policy, 'payloadView');
        let shape = classifier.classify(value);
        while (shape === Kind.TAGGED)
            shape = classifier.classify(classifier.value.value);
        this.value = value;
        this.policy = policy;
        this.shape = shape;
        this.content = classifier.value;
    }
    get kind() {
        switch (this.shape) {
            case Kind.ABSENT:
                return 'null';
            case Kind.FLOAT:
                return 'number';
            case Kind.BYTES:
                return 'bytes';
            case Kind.ARRAY:
                return 'array';
            case Kind.SCALAR:
                return this.content === null ? 'null' : typeof this.content;
            default:
                return 'map';
        }
    }
    get length() {
        if (this.kind === 'map')
            return this.entries().length;
        const { content } = this;
        const isSized = this.shape === Kind.ARRAY || this.shape === Kind.BYTES || typeof content === 'string';
        return isSized ? content.length : 0;
    }
    at(index) {
        if (this.shape !== Kind.ARRAY || !Number.isInteger(index))
            return undefined;
        const elements = this.content;
        return index >= 0 && index < elements.length ? this.inner(elements[index]) : undefined;
    }
    get(key) {
        if (this.kind !== 'map')
            return undefined;
        const { content } = this;
        let value;
        if (this.shape === Kind.MAP) {
            const { keys, values } = content;
            const isIt = (each) => each === key || (isIntegerKey(each) && String(each) === key);
            value = values[keys.findLastIndex(isIt)];
        }
        else if (typeof key === 'string' && Object.prototype.propertyIsEnumerable.call(content, key)) {
            value = content[key];
        }
        return value === undefined ? undefined : this.inner(value);
    }
    path(...steps) {
        return walk(this, steps);
    }
    keys() {
        return this.kind === 'map' ? namesOf(this.entries().map(([key]) => key)) : [];
    }
    /** The value as the application gave it, not a copy. */
    toValue() {
        return this.value;
    }
    *[Symbol.iterator]() {
        if (this.shape === Kind.ARRAY) {
            const elements = this.content;
            for (let i = 0; i < elements.length; i++)
                yield this.inner(elements[i]);
        }
        else if (this.kind === 'map') {
            for (const [, value] of this.entries())
                yield this.inner(value);
        }
    }
    /** The entries of a map, without those that are undefined, which are not written. */
    entries() {
        const { content } = this;
        const { keys, values } = content;
        const all = this.shape === Kind.MAP
            ? keys.map((key, i) => [key, values[i]])
            : Object.entries(content);
        return all.filter(([, value]) => value !== undefined);
    }
    inner(value) {
        return new ValueView(value, this.policy);
    }
}
