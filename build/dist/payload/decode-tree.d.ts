import { type Reader } from './decode-value.ts';
/** What a decoder's item function returns when it has opened a container instead of reading a whole value. */
export declare const OPENED: unique symbol;
/**
 * The containers that are open, as a stack on the heap: depth is a limit here, never the stack of the machine.
 * Opening, adding and closing are the whole vocabulary.
 */
export declare class Tree {
    #private;
    /** Values (pairs in a map) that the open container still waits for; 0: close it; below 0: a mark closes it. */
    left: number;
    /** True while the open container is a map. */
    isMap: boolean;
    /** True when a key must come next, or is in the tag that is open. */
    isKey: boolean;
    /** True while a key has no value yet. */
    isPair: boolean;
    /** Where what was closed last begins. */
    closedAt: number;
    private kind;
    private container;
    private key;
    /** What the keys of the open map are, and those that only their content tells apart, where none may come twice. */
    private sort;
    private seen;
    private readonly frames;
    private readonly reader;
    /** Where no key may come twice: of the containers that are in keys. */
    private identities;
    /** How many frames are below the outermost key that is open; 0 outside of keys. */
    private keyDepth;
    constructor(reader: Reader);
    /** Open containers and tags. */
    get depth(): number;
    /**
     * Opens an array of `count` elements, -1 when a mark ends it; it begins at `offset`. Throws DEPTH_LIMIT, as the other
     * two do.
     */
    openArray(count: number, offset: number): typeof OPENED;
    /** Opens a map of `count` pairs, -1 when a mark ends it. */
    openMap(count: number, offset: number): typeof OPENED;
    /** Opens a tag; it waits for one value, which is a key when the tag is dropped where one must come. */
    openTag(tag: number | bigint, offset: number): typeof OPENED;
    /**
     * Gives the key of the next pair in a format whose keys are text; `offset` is where it begins. Throws DUPLICATE_KEY
     * when the rules refuse it.
     */
    setKey(key: string, offset: number): void;
    /**
     * Puts a whole value, which begins at `offset`, into the open container; where a key must come, it is that. Throws
     * DUPLICATE_KEY as `setKey`.
     */
    add(value: unknown, offset?: number): void;
    /** Closes the open container and returns it: the value, or a `Tagged`, of a tag. */
    close(): unknown;
}
