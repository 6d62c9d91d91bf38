/** Messages of one direction. */
export interface Traffic {
    readonly bytes: number;
    readonly messages: number;
    /** Every 512 bytes begun of a message count as one. */
    readonly ratedMessages: number;
}
/** The statistics of a codec, as they were at one moment. */
export interface CodecStats {
    /** When counting began: milliseconds since the epoch. */
    readonly timestamp: number;
    /** Milliseconds since then. */
    readonly duration: number;
    /** Decoded messages. */
    readonly in: Traffic;
    /** Encoded messages: by any of the ways, each time that they are asked for. */
    readonly out: Traffic;
    /** Messages out whose payload was passed on untouched, in the format that it came in. */
    readonly spliced: number;
    /** Payloads that were put into another format, once for each format. */
    readonly transcoded: number;
    /** Received payloads of which values were made. A router has none. */
    readonly decodedPayloads: number;
    /** Messages out that had been encoded before. */
    readonly cacheHits: number;
}
/** When statistics start over by themselves: whichever comes first. */
export interface StatsAutoReset {
    /** After so many rated messages, in and out together. */
    ratedMessages?: number;
    /** After so many milliseconds, at the next message: there is no timer, which could keep a process alive. */
    milliseconds?: number;
    /**
     * Gets what was counted. It may encode and decode, which is counted for the next time; it must not throw, an error
     * becomes an unhandled one.
     */
    callback(stats: CodecStats): void;
}
/** The numbers of one codec. */
export declare class Counters {
    #private;
    inBytes: number;
    inMessages: number;
    inRated: number;
    outBytes: number;
    outMessages: number;
    outRated: number;
    spliced: number;
    transcoded: number;
    decodedPayloads: number;
    cacheHits: number;
    constructor();
    /** A message was decoded; `bytes` with what frames it in a batch. */
    countIn(bytes: number): void;
    /** A message was encoded. */
    countOut(bytes: number): void;
    /** Does what is no traffic: nothing of it is counted. */
    uncounted<T>(work: () => T): T;
    read(): CodecStats;
    /** Everything is zero again, and counting begins now. */
    reset(): void;
    /** Throws TypeError for options of the wrong type, RangeError for numbers that are not more than 0; null ends it. */
    setAutoReset(options: StatsAutoReset | null): void;
}
