/**
 * Bytes that the kernel has checked -> JavaScript values, without a step between: no tape is made, and nothing is
 * checked again. What the formats share is here; `direct-cbor.ts`, `direct-msgpack.ts` and `direct-json.ts` know them.
 *
 * It reads the kernel's own memory, which nobody else can change, and only what is common; RARE is thrown for all else,
 * and the other decoders do it. It is the fastest way for texts of ASCII, whose strings are pieces of one string for
 * each 1,024 bytes; texts beyond ASCII are a call each, so payloads that are full of them go by the tape.
 */
import { MAP_KEYS } from "../generated/map-builders.js";
import { hasKeys, setOwn } from "./decode-value.js";
import { WireKeys } from "./direct-keys.js";
import { poolReaders } from "./pool.js";
import { shortText } from "./short-text.js";
/** Thrown for what is left to the other decoders. */
export const RARE = Symbol('rare');
/** What the first element of an array says about the others: `sorts` of a format, by the first byte of a value. */
export const SORT_ANY = 0;
export const SORT_INTEGER = 1;
export const SORT_DOUBLE = 2;
/** Levels that are read by recursion; deeper values are rare. */
const MAX_LEVELS = 200;
/** Characters of a piece of text that becomes a string at once: who keeps a text keeps no more beside it. */
const PART = 1024;
/** Text of fewer bytes is made of its characters when no part is there and less than so much is left to read. */
const SHORT_TEXT = 16;
const NO_PART_BELOW = 128;
/** Maps with more pairs are dictionaries, whose keys are data. */
export const MOST_PAIRS = 64;
/** A map gets a builder of its own when so many in a row at its place were alike. */
const OFTEN = 256;
/** Arrays are copied from a template, so that they are made at once, have no holes, and are of the kind they stay. */
const TEMPLATE = 1024;
const TEMPLATES = [
    new Array(TEMPLATE).fill(null),
    Array.from({ length: TEMPLATE }, () => 0),
    Array.from({ length: TEMPLATE }, () => 0.5),
];
/** Reads one format out of one kernel's memory. */
export class DirectReader {
    /** `sorts` has a SORT for each first byte; keys have `tail` bytes behind their text. */
    constructor(kernel, sorts, tail) {
        this.kernel = kernel;
        this.sorts = sorts;
        this.doubleHead = sorts.indexOf(SORT_DOUBLE);
        this.keys = new WireKeys(tail);
        this.poolOf = poolReaders();
        this.bytes = kernel.bytes;
        this.view = new DataView(kernel.bytes.buffer);
        this.pool = this.poolOf(kernel.bytes);
        this.at = this.end = this.keyHead = this.levels = this.partStart = this.partEnd = 0;
        this.isAscii = this.isView = false;
        this.part = '';
        this.source = EMPTY;
        this.shift = 0;
    }
    /**
     * The value in `length` bytes from `place` bytes behind the start of the kernel's input window on, which the kernel
     * has just checked; the same bytes are at `sourceStart` in `source`. Throws RARE.
     */
    read(place, length, root, isAscii, rules, source, sourceStart) {
        const { kernel, keys } = this;
        if (this.bytes !== kernel.bytes) {
            this.bytes = kernel.bytes;
            this.view = new DataView(kernel.bytes.buffer);
            this.pool = this.poolOf(kernel.bytes);
        }
        this.at = kernel.input + place;
        this.end = this.at + length;
        this.isAscii = isAscii;
        this.levels = 0;
        this.partEnd = 0;
        this.isView = rules.binary === 'view';
        this.source = source;
        this.shift = sourceStart - this.at;
        keys.begin();
        const value = this.value(keys.roots[root]);
        if (this.at !== this.end)
            throw RARE;
        return value;
    }
    /** Nothing of the message stays alive here, also of one that was not read to its end. */
    release() {
        this.part = '';
        this.source = EMPTY;
    }
    /** Takes `length` bytes as text. */
    text(length) {
        const { at: start, bytes } = this;
        const end = start + length;
        if (end > this.end)
            throw RARE;
        this.at = end;
        if (!this.isAscii) {
            for (let i = start; i < end; i++)
                if (bytes[i] >= 0x80)
                    return this.anyText(start, end);
        }
        return this.ascii(start, end);
    }
    /** The text in bytes of ASCII. */
    ascii(start, end) {
        if (end > this.partEnd) {
            if (end - start < SHORT_TEXT && this.end - start < NO_PART_BELOW)
                return shortText(this.bytes, start, end - start);
            this.openPart(start, end);
        }
        return this.part.substring(start - this.partStart, end - this.partStart);
    }
    /** Any text. */
    anyText(start, end) {
        return this.pool.utf8(start, end);
    }
    openPart(start, end) {
        this.partStart = start;
        this.partEnd = Math.max(end, Math.min(start + PART, this.end));
        // A long text is a part by itself.
        if (end - start > PART)
            this.partEnd = end;
        this.part = this.pool.single(start, this.partEnd);
    }
    /** Takes `length` bytes. */
    binary(length) {
        const { at: start, source } = this;
        if (length > this.end - start)
            throw RARE;
        this.at = start + length;
        if (!this.isView)
            return this.bytes.slice(start, start + length);
        return new Uint8Array(source.buffer, source.byteOffset + start + this.shift, length);
    }
    /** An array of `count` values that follow. */
    list(count, outer) {
        this.enter(count);
        const values = this.filled(count, outer);
        this.levels--;
        return values;
    }
    filled(count, outer) {
        // An array that grows by `push` has room for sixteen from its first element on.
        switch (count) {
            case 0:
                return [];
            case 1:
                return [this.value(outer)];
            case 2:
                return [this.value(outer), this.value(outer)];
            case 3:
                return [this.value(outer), this.value(outer), this.value(outer)];
        }
        const sort = this.sorts[this.bytes[this.at]];
        const values = count <= TEMPLATE ? TEMPLATES[sort].slice(0, count) : new Array(count);
        let i = 0;
        if (sort === SORT_DOUBLE) {
            const { bytes, view, doubleHead } = this;
            for (; i < count && bytes[this.at] === doubleHead; i++) {
                values[i] = view.getFloat64(this.at + 1);
                this.at += 9;
            }
        }
        for (; i < count; i++)
            values[i] = this.value(outer);
        return values;
    }
    /** A map of `count` pairs that follow. */
    map(count, outer) {
        if (count === 0)
            return {};
        this.enter(count);
        const start = outer.start();
        const build = start.build;
        const object = build === null || start.pairs !== count ? this.build(count, start) : build(this, count, start);
        this.levels--;
        return object;
    }
    build(count, start) {
        const object = {};
        if (count <= MOST_PAIRS)
            return this.pairs(object, 0, count, start, start);
        for (let i = 0; i < count; i++)
            this.pairOfText(object);
        return object;
    }
    /** The pairs of a map from pair `i` on; `before` is the key in front of it. */
    pairs(object, i, count, before, start) {
        let isAlike = true;
        for (; i < count; i++) {
            const guess = before.next;
            const key = this.expected(before) ?? this.known(before);
            if (key === null) {
                isAlike = false;
                this.pairOfText(object);
            }
            else {
                if (key !== guess)
                    isAlike = false;
                object[key.text] = this.value(key);
                before = key;
            }
        }
        // A setter that Object.prototype has got since a key became known.
        if (!hasKeys(object, count))
            throw RARE;
        this.learn(start, count, isAlike);
        return object;
    }
    /** The value of a key that Object.prototype has got since it became known. */
    own(object, key) {
        setOwn(object, key.text, this.value(key));
    }
    /** Takes note of a map of `count` pairs; `isAlike` when all its keys were guessed. */
    learn(start, count, isAlike) {
        start.streak = isAlike && start.pairs === count ? start.streak + 1 : 0;
        start.pairs = count;
        if (start.streak === OFTEN && count > 0 && count <= MAP_KEYS) {
            start.copy ??= this.keys.copy();
            start.build = start.copy;
        }
    }
    /** What is left of a map from pair `i` on, by no builder; `before` is the key in front of it. */
    rest(object, i, count, before, start) {
        start.build = null;
        return this.pairs(object, i, count, before, start);
    }
    /** Takes the next key when it is the one that came after `before` the last time; null otherwise. */
    expected(before) {
        const guess = before.next;
        if (guess === null)
            return null;
        const { view, at } = this;
        if ((view.getInt32(at, true) & guess.lowMask) !== guess.low)
            return null;
        if ((view.getInt32(at + 4, true) & guess.highMask) !== guess.high)
            return null;
        const { size } = guess;
        if (size > 8) {
            const { bytes } = this;
            for (let i = 8; i < size; i++)
                if (bytes[at + i] !== guess.bytes[i])
                    return null;
        }
        this.at = at + size;
        return guess;
    }
    /** Takes the next key when it is known; null otherwise. */
    known(before) {
        const size = this.keySize();
        if (size === 0)
            return null;
        const key = this.keys.find(this.bytes, this.at, size, this.keyHead, before);
        if (key !== null)
            this.at += size;
        return key;
    }
    /** A pair whose key is not known. */
    pairOfText(object) {
        const size = this.keySize();
        this.at += this.keyHead;
        setOwn(object, this.text(size - this.keyHead), this.value(this.keys.unknown));
    }
    /** Opens a container of at least so many bytes. Throws RARE. */
    enter(count) {
        if (count > this.end - this.at || ++this.levels > MAX_LEVELS)
            throw RARE;
    }
}
const EMPTY = new Uint8Array(0);
