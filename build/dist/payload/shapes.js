/**
 * Shapes of maps on a tape, by the kernel's numbers: the keys as strings, and what builds an object of them. Made at
 * the first map of a shape, and forgotten when the kernel forgets.
 */
import { MAX_KEYS, SHAPE_BUILDERS } from "../generated/shape-builders.js";

import { textDecoder } from "../text-coders.js";
import { clashes, hasKeys, isForReaders, setOwn } from "./decode-value.js";
/** Thrown for a map that the decoders of values must make. */
export const RARE = Symbol('rare');
/**
 * A shape gets a builder of its own when it was one in sixteen of the maps that have none. More would make nothing
 * faster: with a builder for each of 700 shapes in rotation, decoding took 1.4 times as long as with the loop for all
 * of them (Node 20, x86-64, 2026), because hardly any of the functions was ever warm.
 */
const WINDOW = 4096;
const OFTEN = 256;
/** Keys that are places of an array to V8: they would spoil a builder that knows names. */
const INDEX = /^\d+$/;
/** The shapes of one kernel. */
export class Shapes {
    constructor() {
        /** By the kernel's number; undefined for those that no map has had. */
        this.known = [];
        /** The last key of a shape, by the same number. */
        this.keys = [];
        this.round = 0;
        this.clashes = 0;
        this.builders = 0;
        /** Number of the window, and the maps in it. */
        this.window = 0;
        this.maps = 0;
        this.buildCounted = (shape, value) => {
            if (++this.maps === WINDOW) {
                this.maps = 0;
                this.window++;
            }
            if (shape.window !== this.window) {
                shape.window = this.window;
                shape.count = 0;
            }
            if (++shape.count === OFTEN)
                shape.build = SHAPE_BUILDERS[this.builders++] ?? buildInLoop;
            return buildInLoop(shape, value);
        };
    }
    /** Forgets everything in another round, and when Object.prototype has got a key: it may be among them. */
    enter(round) {
        if (round === this.round && clashes === this.clashes)
            return;
        this.round = round;
        this.clashes = clashes;
        this.known.length = 0;
        this.keys.length = 0;
        // The builders keep what V8 knows of them: shapes that come again find other ones, which costs a moment.
        this.builders = 0;
    }
    /** Makes a shape known; `words` from `at` on are the kernel's tree of shapes. */
    add(shape, words, at, bytes) {
        const keys = [];
        let isPlain = true;
        for (let node = shape; node !== 0;) {
            const place = at + node * 8;
            this.keys[node] ??= keyOf(words, place, bytes);
            const key = this.keys[node];
            keys[words[place + 5] - 1] = key;
            if (!isForReaders(key) || INDEX.test(key))
                isPlain = false;
            node = words[place + 4];
        }
        const isShort = keys.length > 0 && keys.length <= MAX_KEYS;
        const build = isPlain ? (isShort ? this.buildCounted : buildInLoop) : buildCarefully;
        const added = { keys, isPlain, build, window: 0, count: 0 };
        this.known[shape] = added;
        return added;
    }
}
/** The last key of a shape as a string that V8 has interned: assignments by it need no look at its text. */
function keyOf(words, place, bytes) {
    const length = words[place + 2];
    const start = length <= 8 ? place * 4 : words[place + 3];
    const text = textDecoder().decode(bytes.subarray(start, start + length));
    return Object.keys({ [text]: 0 })[0];
}
function buildInLoop({ keys }, value) {
    const object = {};
    for (let i = 0; i < keys.length; i++)
        object[keys[i]] = value();
    // A setter that Object.prototype has got since the shape became known.
    if (!hasKeys(object, keys.length))
        throw RARE;
    return object;
}
function buildCarefully({ keys }, value) {
    const object = {};
    for (const key of keys)
        setOwn(object, key, value());
    return object;
}
