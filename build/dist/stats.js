/**
 * What a codec counts: plain numbers on one object, added to at every message; nothing is allocated for it. Messages
 * that are refused are not counted.
 */
import { wrongArgument } from "./arguments.js";
/** A rated message is so many bytes begun: a message of 513 bytes counts as two. Source: autobahn-python. */
const RATED_BYTES = 512;
/** The numbers of one codec. */
export class Counters {
    #since;
    /** Rated messages at which the statistics start over. */
    #ratedLimit;
    #milliseconds;
    /** The same in milliseconds since the epoch. */
    #deadline;
    #callback;
    /** The callback runs: what it encodes or decodes is counted, and reported with the next message. */
    #isReporting;
    constructor() {
        this.inBytes = this.inMessages = this.inRated = 0;
        this.outBytes = this.outMessages = this.outRated = 0;
        this.spliced = this.transcoded = this.decodedPayloads = this.cacheHits = 0;
        this.#since = Date.now();
        this.#ratedLimit = this.#milliseconds = this.#deadline = Number.POSITIVE_INFINITY;
        this.#callback = null;
        this.#isReporting = false;
    }
    /** A message was decoded; `bytes` with what frames it in a batch. */
    countIn(bytes) {
        this.inBytes += bytes;
        this.inMessages++;
        this.inRated += Math.ceil(bytes / RATED_BYTES);
        if (this.#callback !== null)
            this.#startOverWhenDue();
    }
    /** A message was encoded. */
    countOut(bytes) {
        this.outBytes += bytes;
        this.outMessages++;
        this.outRated += Math.ceil(bytes / RATED_BYTES);
        if (this.#callback !== null)
            this.#startOverWhenDue();
    }
    /** Does what is no traffic: nothing of it is counted. */
    uncounted(work) {
        const counted = { ...this };
        const callback = this.#callback;
        this.#callback = null;
        try {
            return work();
        }
        finally {
            Object.assign(this, counted);
            this.#callback = callback;
        }
    }
    read() {
        return {
            timestamp: this.#since,
            duration: Date.now() - this.#since,
            in: { bytes: this.inBytes, messages: this.inMessages, ratedMessages: this.inRated },
            out: { bytes: this.outBytes, messages: this.outMessages, ratedMessages: this.outRated },
            spliced: this.spliced,
            transcoded: this.transcoded,
            decodedPayloads: this.decodedPayloads,
            cacheHits: this.cacheHits,
        };
    }
    /** Everything is zero again, and counting begins now. */
    reset() {
        this.inBytes = this.inMessages = this.inRated = 0;
        this.outBytes = this.outMessages = this.outRated = 0;
        this.spliced = this.transcoded = this.decodedPayloads = this.cacheHits = 0;
        this.#since = Date.now();
        this.#deadline = this.#since + this.#milliseconds;
    }
    /** Throws TypeError for options of the wrong type, RangeError for numbers that are not more than 0; null ends it. */
    setAutoReset(options) {
        if (options !== null && typeof options.callback !== 'function') {
            throw wrongArgument('callback', 'a function', options.callback);
        }
        const { ratedMessages = Number.POSITIVE_INFINITY, milliseconds = Number.POSITIVE_INFINITY } = options ?? {};
        if (typeof ratedMessages !== 'number' || typeof milliseconds !== 'number') {
            throw new TypeError('ratedMessages and milliseconds are numbers');
        }
        if (!(ratedMessages > 0) || !(milliseconds > 0)) {
            throw new RangeError('ratedMessages and milliseconds are more than 0');
        }
        this.#ratedLimit = ratedMessages;
        this.#milliseconds = milliseconds;
        this.#deadline = this.#since + milliseconds;
        this.#callback = options === null ? null : (stats) => options.callback(stats);
    }
    #startOverWhenDue() {
        if (this.#isReporting)
            return;
        const isFull = this.inRated + this.outRated >= this.#ratedLimit;
        if (!isFull && (this.#deadline === Number.POSITIVE_INFINITY || Date.now() < this.#deadline))
            return;
        const stats = this.read();
        this.reset();
        this.#isReporting = true;
        try {
            this.#callback?.(stats);
        }
        catch (error) {
            // The message is good: whoever decodes or encodes it is not to blame.
            queueMicrotask(() => {
                throw error;
            });
        }
        finally {
            this.#isReporting = false;
        }
    }
}
