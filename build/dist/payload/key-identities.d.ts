/** The identities of one value that is decoded. */
export declare class KeyIdentities {
    #private;
    /** The identity of a key or a part of one; every container in it was learnt before. */
    of(value: unknown): string;
    /** Takes note of a container, whose keys `content` has as they came; returns its identity. */
    learn(container: object, content: object): string;
}
