/**
 * The containers that a value decoder has open: arrays and maps are built without recursion. Texts and integers as keys
 * make an object, all else makes a Map (docs/payloads.md).
 */
import { isBytes } from "../brand.js";
import { setOwn } from "./decode-value.js";
import { KeyIdentities } from "./key-identities.js";
import { Float64, Tagged } from "./values.js";
/** What a decoder's item function returns when it has opened a container instead of reading a whole value. */
export const OPENED = Symbol('opened');
const ARRAY = 1;
const OBJECT = 2;
const MAP = 3;
const TAG = 4;
/** A Map that becomes an object at its end if its keys allow it. */
const MIXED = 5;
// What the keys of an open Map are.
const TEXTS = 0;
const INTEGERS = 1; // some of them, and the others texts
const OTHERS = 2; //   some of them
/**
 * The containers that are open, as a stack on the heap: depth is a limit here, never the stack of the machine.
 * Opening, adding and closing are the whole vocabulary.
 */
export class Tree {
    constructor(reader) {
        this.left = 1;
        this.isMap = this.isKey = this.isPair = false;
        this.closedAt = 0;
        this.kind = 0;
        this.container = undefined;
        this.key = '';
        this.sort = TEXTS;
        this.seen = null;
        this.frames = [];
        this.reader = reader;
        this.identities = null;
        this.keyDepth = 0;
    }
    /** Open containers and tags. */
    get depth() {
        return this.frames.length;
    }
    /**
     * Opens an array of `count` elements, -1 when a mark ends it; it begins at `offset`. Throws DEPTH_LIMIT, as the other
     * two do.
     */
    openArray(count, offset) {
        return this.#open(ARRAY, [], count, offset, false);
    }
    /** Opens a map of `count` pairs, -1 when a mark ends it. */
    openMap(count, offset) {
        if (this.reader.rules.maps === 'map')
            return this.#open(MAP, new Map(), count, offset, true);
        return this.#open(OBJECT, {}, count, offset, true);
    }
    /** Opens a tag; it waits for one value, which is a key when the tag is dropped where one must come. */
    openTag(tag, offset) {
        return this.#open(TAG, tag, 1, offset, this.isKey && this.reader.rules.tags === 'plain');
    }
    /**
     * Gives the key of the next pair in a format whose keys are text; `offset` is where it begins. Throws DUPLICATE_KEY
     * when the rules refuse it.
     */
    setKey(key, offset) {
        const { reader, container } = this;
        if (reader.rules.duplicateKeys === 'refuse') {
            const isThere = this.kind === OBJECT
                ? Object.hasOwn(container, key)
                : container.has(key);
            if (isThere)
                throw reader.fail('DUPLICATE_KEY', `the key ${JSON.stringify(key)} comes twice`, offset);
        }
        this.key = key;
        this.isKey = false;
        this.isPair = true;
    }
    /**
     * Puts a whole value, which begins at `offset`, into the open container; where a key must come, it is that. Throws
     * DUPLICATE_KEY as `setKey`.
     */
    add(value, offset = 0) {
        if (this.isKey && this.kind !== TAG) {
            this.#addKey(value ?? null, offset);
            return;
        }
        if (this.left > 0)
            this.left--;
        switch (this.kind) {
            case ARRAY:
                ;
                this.container.push(value ?? null);
                return;
            case OBJECT:
                if (value !== undefined)
                    setOwn(this.container, this.key, value);
                break;
            case MAP:
            case MIXED:
                if (value !== undefined)
                    this.container.set(this.key, value);
                break;
            default:
                if (this.reader.rules.tags === 'tagged')
                    value = new Tagged(this.container, value);
                this.container = value;
                return;
        }
        this.isKey = true;
        this.isPair = false;
    }
    /** A key of any kind. Objects take texts; whatever else comes first makes a Map of them for the time being. */
    #addKey(key, offset) {
        if (this.kind === OBJECT && (typeof key !== 'string' || isDigit(key.charCodeAt(0)))) {
            // An object would put integers in front of what came before them.
            this.container = new Map(Object.entries(this.container));
            this.kind = MIXED;
        }
        if (typeof key === 'string') {
            this.setKey(key, offset);
            return;
        }
        const { rules } = this.reader;
        if (typeof key === 'bigint' || Number.isInteger(key)) {
            this.sort = Math.max(this.sort, INTEGERS);
            if (rules.integers === 'bigint')
                key = BigInt(key);
        }
        else {
            this.sort = OTHERS;
            if (key instanceof Float64 && rules.floats !== 'exact')
                key = key.value;
        }
        if (rules.duplicateKeys === 'refuse')
            this.#refuseTwin(key, offset);
        this.key = key;
        this.isKey = false;
        this.isPair = true;
    }
    /** Throws DUPLICATE_KEY when the key, which is no text, is in the open Map. */
    #refuseTwin(key, offset) {
        let isThere = this.container.has(key);
        if (typeof key === 'object' && key !== null) {
            this.seen ??= new Set();
            this.identities ??= new KeyIdentities();
            const identity = this.identities.of(key);
            isThere = this.seen.has(identity);
            this.seen.add(identity);
        }
        if (!isThere)
            return;
        const what = typeof key === 'object' && key !== null ? 'a key' : `the key ${String(key)}`;
        throw this.reader.fail('DUPLICATE_KEY', `${what} comes twice`, offset);
    }
    /** Closes the open container and returns it: the value, or a `Tagged`, of a tag. */
    close() {
        const { frames, container, kind, keyDepth } = this;
        const isOfKey = keyDepth > 0 && this.reader.rules.duplicateKeys === 'refuse';
        const value = kind === MIXED ? this.#objectOf(container) : container;
        if (isOfKey && isContainer(value)) {
            this.identities ??= new KeyIdentities();
            this.identities.learn(value, container);
        }
        const frame = frames.pop();
        if (frames.length < keyDepth)
            this.keyDepth = 0;
        this.closedAt = frame.offset;
        this.kind = frame.kind;
        this.container = frame.container;
        this.key = frame.key;
        this.left = frame.left;
        this.isMap = isMapKind(frame.kind);
        this.isKey = frame.isKey;
        this.isPair = frame.isPair;
        this.sort = frame.sort;
        this.seen = frame.seen;
        return value;
    }
    /** An object with the entries of a Map, or the Map when two keys would become the same text or one has none. */
    #objectOf(map) {
        const { sort, reader } = this;
        // To another format integers go as they are.
        if (sort === OTHERS || (sort === INTEGERS && reader.rules.floats === 'exact'))
            return map;
        const object = {};
        for (const [key, value] of map) {
            const text = String(key);
            if (sort === INTEGERS && Object.hasOwn(object, text))
                return map;
            setOwn(object, text, value);
        }
        return object;
    }
    #open(kind, container, left, offset, isKey) {
        const { frames, reader } = this;
        if (frames.length >= reader.rules.maxDepth) {
            throw reader.fail('DEPTH_LIMIT', `nested deeper than ${reader.rules.maxDepth}`, offset);
        }
        frames.push({
            kind: this.kind,
            container: this.container,
            key: this.key,
            left: this.left,
            isKey: this.isKey,
            isPair: this.isPair,
            sort: this.sort,
            seen: this.seen,
            offset,
        });
        if (this.isKey && this.keyDepth === 0)
            this.keyDepth = frames.length;
        this.kind = kind;
        this.container = container;
        this.left = left;
        this.isMap = kind !== ARRAY && kind !== TAG;
        this.isKey = isKey;
        this.isPair = false;
        this.sort = TEXTS;
        this.seen = null;
        return OPENED;
    }
}
function isMapKind(kind) {
    return kind === OBJECT || kind === MAP || kind === MIXED;
}
/** True for what consists of other values. */
function isContainer(value) {
    const isObject = typeof value === 'object' && value !== null;
    return isObject && !isBytes(value) && !(value instanceof Float64);
}
function isDigit(code) {
    return code >= 0x30 && code <= 0x39;
}
