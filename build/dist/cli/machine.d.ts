import type { Guess } from './guess.ts';
import type { Io } from './io.ts';
import type { FrameReport } from './report.ts';
/** Writes one value in one line. */
export declare function writeJson(io: Io, value: unknown): void;
/** The report of a frame as plain data. */
export declare function frameJson(report: FrameReport, guess: Guess | null): object;
