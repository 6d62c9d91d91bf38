/** Values, bytes and tables as text for people. Nothing that comes out of a frame can steer the terminal. */
/** How values are shortened. */
export interface TextLimits {
    /** Characters of a string, after which it is cut. */
    readonly string: number;
    /** Bytes shown of binary. */
    readonly bytes: number;
    /** Characters of a line. */
    readonly line: number;
    /** Lines of a value. */
    readonly lines: number;
}
/** What turns text into text with a colour; the identity when there are none. */
export type Paint = (colour: Colour, text: string) => string;
/** The colours in use, with their ANSI codes; `util.styleText` begins with Node 20.12 and we with 20.0. */
declare const COLOURS: {
    readonly bold: 1;
    readonly dim: 2;
    readonly red: 31;
    readonly green: 32;
    readonly yellow: 33;
    readonly cyan: 36;
};
/** One of the colours. */
export type Colour = keyof typeof COLOURS;
/** Paints, or does not. */
export declare function painter(hasColours: boolean): Paint;
/** Text without anything that a terminal would obey: such characters become their \u escapes. */
export declare function safeText(text: string): string;
/** `1234567` as `1,234,567`. */
export declare function count(value: number): string;
/** A count with its noun, `1 frame` or `2 frames`. */
export declare function plural(value: number, noun: string): string;
/** `<3 bytes 000102>`, at most `shown` of them. */
export declare function bytesText(bytes: Uint8Array, shown: number): string;
/** A value in one line, as JSON; cut at `limits.line` characters, without walking through what is cut. */
export declare function lineText(value: unknown, limits: TextLimits): string;
/** A value in as many lines as it needs: in one if it fits, else one line for each element. */
export declare function valueLines(value: unknown, limits: TextLimits): string[];
/** The row of 16 bytes at `offset` and its neighbours in hex and ASCII, with a caret under that byte. */
export declare function hexDump(bytes: Uint8Array, offset: number): string[];
/** Rows of cells with aligned columns; `right` lists the columns that are aligned to the right. */
export declare function table(rows: readonly (readonly string[])[], right?: readonly number[]): string[];
export {};
